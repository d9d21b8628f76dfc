import type { Words } from './words.ts'

export const pl: Words = {
  language: 'pl',
  strong: {
    backlog: `backlog produktu, rejestr produktu, kiedyś, kiedyś może, lista życzeń, zaległości, bank pomysłów,
      odłożone, odłożone na później`,
    todo: `do zrobienia, zadania do zrobienia, lista zadań, lista rzeczy do zrobienia, rzeczy do zrobienia,
      do wykonania, do realizacji, do rozpoczęcia, nierozpoczęte, nie rozpoczęte, niezaczęte, backlog sprintu,
      rejestr sprintu, gotowe do pracy, gotowe do realizacji, gotowe do rozpoczęcia, gotowe do developmentu,
      do podjęcia, do wzięcia`,
    doing: `w trakcie, w toku, w trakcie realizacji, w trakcie pracy, w realizacji, w robocie, robione, robi się,
      w pracy, w opracowaniu, w przygotowaniu, aktualnie robione, wykonywane, realizowane, w trakcie wykonywania,
      w weryfikacji, w testach, w trakcie testów, w recenzji, do weryfikacji, do sprawdzenia, do testów,
      do przetestowania, do testowania, do przeglądu, do recenzji, przegląd kodu, do akceptacji, w akceptacji,
      gotowe do testów, gotowe do przeglądu, gotowe do wdrożenia, do wdrożenia, w rozwoju`,
    blocked: `zablokowane, zablokowany, zablokowana, wstrzymane, wstrzymany, wstrzymana, oczekujące na klienta,
      oczekuje na klienta, czeka na klienta, czekamy na klienta, oczekiwanie na klienta, oczekiwanie na odpowiedź,
      czeka na odpowiedź, zawieszone, w zawieszeniu, zatrzymane`,
    done: `zrobione, zrobiony, gotowe, ukończone, ukończony, ukończona, zakończone, zakończony, zakończona, wykonane,
      wykonany, skończone, zrealizowane, zrealizowany, załatwione, zadania wykonane, zadania zakończone, już zrobione,
      sfinalizowane`,
    dropped: `anulowane, anulowany, anulowana, odrzucone, porzucone, zaniechane, nie robimy, nie do zrobienia,
      rezygnacja`
  },
  weak: {
    backlog: `pomysły, pomysł, propozycje, sugestie, później, na później, może, przyszłość, w przyszłości,
      skrzynka odbiorcza, prośby, zgłoszenia, przełożone, odroczone, burza mózgów`,
    todo: `dzisiaj, dziś, jutro, w tym tygodniu, ten tydzień, przyszły tydzień, następny tydzień, w tym miesiącu,
      następne, kolejne, nowe, nowy, otwarte, zaplanowane, zaplanowany, planowane, planowanie, plan, przydzielone,
      zadania, w kolejce, kolejka, oczekujące na realizację, wkrótce, bieżący sprint`,
    doing: `testy, testowanie, weryfikacja, recenzja, przegląd, sprawdzanie, realizacja, rozwój, aktywne, rozpoczęte,
      zaczęte, akceptacja, kontrola jakości, odbiór, wdrażanie, bieżące, opracowanie`,
    blocked: 'oczekuje, czeka, czekamy, oczekiwanie, czekające, pauza, wstrzymanie, zamrożone',
    done: `zamknięte, zamknięty, opublikowane, rozwiązane, wdrożone, dostarczone, wydane, wysłane, naprawione,
      zaakceptowane, odebrane, na produkcji`,
    dropped: 'nieaktualne, przestarzałe, duplikat, duplikaty, kosz, usunięte, nieważne, niepotrzebne',
    reference: `informacje, informacje ogólne, ważne informacje, narzędzia, zasoby, szablony, szablon, notatki, linki,
      przydatne linki, dokumentacja, dokumenty, odniesienia, instrukcje, instrukcja, przewodnik, materiały, zasady,
      kontakty, pomoc, przeczytaj mnie, przeczytaj, ogólne, zespół`
  },
  openEnded: { blocked: 'oczekiwanie na, oczekuje na, czeka na, czekamy na, oczekujące na, zablokowane przez' }
}
