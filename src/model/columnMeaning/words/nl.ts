import type { Words } from './words.ts'

export const nl: Words = {
  language: 'nl',
  strong: {
    backlog: 'productbacklog, ideeënbus, ooit, ooit misschien, verlanglijst, wensenlijst, uitgesteld',
    todo: `te doen, nog te doen, nog doen, takenlijst, todo lijst, to do lijst, te doen lijst, actielijst, openstaand,
      openstaande taken, nog te starten, niet gestart, niet begonnen, nog niet begonnen, nog niet gestart,
      klaar voor ontwikkeling, klaar om te starten, klaar om op te pakken, op te pakken, sprintbacklog, te starten,
      te maken, moet nog`,
    doing: `bezig, mee bezig, nu bezig, in uitvoering, in behandeling, onder handen, onderhanden, in ontwikkeling,
      in bewerking, wordt aan gewerkt, aan het werk, wordt gemaakt, lopend, lopende taken, ter review, ter controle,
      in test, in controle, te testen, te controleren, te reviewen, te beoordelen, klaar voor review, klaar voor test,
      klaar om te testen, klaar voor testen, klaar voor controle, wacht op review, wachten op review,
      klaar voor release, klaar voor livegang, in voortgang, mee aan de slag`,
    blocked: `geblokkeerd, in de wacht, on hold gezet, wachten op klant, wacht op klant, wachten op reactie,
      wacht op reactie, wachten op feedback, wacht op feedback, wacht op antwoord, wachten op antwoord,
      wacht op akkoord, wachten op akkoord, stilgelegd, gepauzeerd, in de ijskast, staat stil, loopt vast`,
    done: `klaar, gedaan, afgerond, voltooid, gereed, af, afgewerkt, voltooide taken, afgeronde taken, helemaal klaar,
      is klaar, uitgevoerd, afgehandeld`,
    dropped: 'geannuleerd, vervallen, niet doen, gaan we niet doen, wordt niet gedaan, afgeblazen, geschrapt'
  },
  weak: {
    backlog: `ideeën, idee, later, misschien, voorstellen, suggesties, wensen, postvak in, verzoeken, toekomst,
      toekomstig, brainstormen, aanvragen, ooit eens`,
    todo: `vandaag, morgen, deze week, volgende week, deze maand, volgende, hierna, eerstvolgende, binnenkort, nieuw,
      nieuwe, open taken, gepland, planning, ingepland, taken, acties, actiepunten, wachtrij, deze sprint, toegewezen,
      geprioriteerd, aankomend`,
    doing: `controle, controleren, testen, testfase, nakijken, beoordelen, beoordeling, uitvoering, ontwikkeling,
      actief, gestart, begonnen, acceptatie, acceptatietest, ter goedkeuring, goedkeuring, validatie, nalezen`,
    blocked: 'wachten, wacht, wachtend, wachten op, gepauzeerde taken, pauze, bevroren, stilstaand',
    done: `gesloten, opgeleverd, gepubliceerd, opgelost, geleverd, live gezet, staat live, goedgekeurd en klaar,
      verzonden, geaccepteerd, in productie`,
    dropped: 'verouderd, afgewezen, afgekeurd, dubbel, duplicaat, duplicaten, prullenbak, verwijderd, ongeldig',
    reference: `informatie, algemene informatie, algemene info, hulpmiddelen, gereedschap, bronnen, sjablonen,
      sjabloon, notities, aantekeningen, handige links, documentatie, documenten, referentie, referenties,
      instructies, handleiding, handleidingen, uitleg, lees mij, leesmij, spelregels, regels, contactpersonen,
      achtergrondinformatie, achtergrond, naslag, algemeen`
  },
  openEnded: { blocked: 'wachten op, wacht op, geblokkeerd door' }
}
