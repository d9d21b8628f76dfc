import type { Words } from './words.ts'

export const de: Words = {
  language: 'de',
  strong: {
    backlog: `produkt backlog, projekt backlog, themenspeicher, ideenspeicher, irgendwann, wunschliste,
      zurückgestellt, rückstand, irgendwann vielleicht`,
    todo: `zu erledigen, zu tun, noch zu tun, offene aufgaben, offene punkte, zu machen, noch offen, nicht begonnen,
      nicht gestartet, noch nicht begonnen, aufgabenliste, todo liste, to do liste, bereit zur umsetzung,
      bereit für entwicklung, bereit für umsetzung, startklar, unerledigt, anstehend, als nächstes, noch zu erledigen,
      ausstehend`,
    doing: `in arbeit, in bearbeitung, in umsetzung, in entwicklung, wird bearbeitet, wird gemacht, laufend,
      am laufen, aktuell in arbeit, gerade in arbeit, im gange, in prüfung, in überprüfung, im test, in test,
      im review, in durchführung, in abnahme, zur prüfung, bereit zum testen, bereit zum test, bereit für test,
      bereit für review, bereit zur prüfung, zu prüfen, zu testen, zum testen, bereit zum release, bereit für release,
      bereit für deployment, warten auf review, wartet auf review, wartet auf prüfung, in qualitätssicherung,
      begonnen, angefangen`,
    blocked: `blockiert, blockierte aufgaben, in wartestellung, warteschleife, warten auf kunde, warten auf kunden,
      wartet auf kunde, warten auf rückmeldung, wartet auf rückmeldung, warten auf antwort, wartet auf freigabe,
      warten auf freigabe, angehalten, pausiert, auf eis, auf eis gelegt, hängt`,
    done: `erledigt, fertig, fertiggestellt, abgeschlossen, abgeschlossene aufgaben, erledigte aufgaben, beendet,
      getan, gemacht, schon erledigt, alles erledigt, vollendet, erledigtes, umgesetzt`,
    dropped: `abgebrochen, verworfen, nicht umsetzen, wird nicht gemacht, wird nicht umgesetzt, storniert,
      nicht machen, gestrichen`
  },
  weak: {
    backlog: `ideen, idee, ideensammlung, später, vielleicht, vorschläge, posteingang, eingang, verschoben, anfragen,
      zukunft, wünsche, sammlung, ungeplant, irgendwann mal, langfristig`,
    todo: `aufgaben, offen, neu, heute, morgen, diese woche, nächste woche, dieser monat, diesen monat, geplant,
      planung, demnächst, nächste schritte, nächster sprint, nächste aufgaben, bald, bereit, eingeplant, zugewiesen,
      priorisiert, warteliste, aktueller sprint`,
    doing: `prüfung, überprüfung, abnahme, test, tests, umsetzung, entwicklung, bearbeitung, aktiv, aktuell,
      qualitätssicherung, qs, korrektur, kontrolle, zu überprüfen, gestartet, läuft, freigabe, zur freigabe,
      zur abnahme, zum review, durchführung`,
    blocked: 'warten, wartend, wartet, pause, gestoppt, unterbrochen, eingefroren, ruht',
    done: `geschlossen, veröffentlicht, gelöst, behoben, ausgeliefert, geliefert, freigegeben, online, live gegangen,
      abgenommen, verschickt, angenommen, implementiert, produktiv`,
    dropped: 'abgelehnt, obsolet, veraltet, duplikat, duplikate, doppelt, papierkorb, ungültig, hinfällig',
    reference: `informationen, infos, allgemeine infos, allgemeine informationen, allgemeines, allgemein, werkzeuge,
      ressourcen, vorlagen, vorlage, notizen, links und infos, wichtige links, nützliche links, dokumentation,
      dokumente, referenz, referenzen, anleitung, anleitungen, hinweise, lies mich, liesmich, regeln, kontakte, hilfe,
      legende, wichtige infos, material, materialien, spielregeln`
  },
  openEnded: { blocked: 'warten auf, wartet auf, wartend auf, blockiert durch, blockiert von' }
}
