import type { Language } from '../../alerts/words/index.ts'

/** Under the note, for someone who has never heard of the hub. */
export const ABOUT_NOTES: Record<Language, string> = {
  en: 'Throughline reads this board and leaves one note on a card when something there waits for someone. The note changes as the card does, and says all clear at the end. This page shows the note and nothing else of the card.',
  de: 'Throughline liest dieses Board und hinterlässt einen Hinweis auf einer Karte, wenn dort etwas auf jemanden wartet. Der Hinweis ändert sich mit der Karte und sagt am Ende, dass alles klar ist. Diese Seite zeigt nur den Hinweis, sonst nichts von der Karte.',
  es: 'Throughline lee este tablero y deja una nota en una tarjeta cuando algo espera a alguien. La nota cambia con la tarjeta y al final dice que todo está en orden. Esta página muestra solo la nota, nada más de la tarjeta.',
  fr: 'Throughline lit ce tableau et laisse une note sur une carte quand quelque chose y attend quelqu’un. La note change avec la carte et dit à la fin que tout est en ordre. Cette page montre la note et rien d’autre de la carte.',
  pt: 'O Throughline lê este quadro e deixa uma nota num cartão quando algo espera por alguém. A nota muda com o cartão e no fim diz que está tudo em ordem. Esta página mostra só a nota e nada mais do cartão.'
}
