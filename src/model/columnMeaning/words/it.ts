import type { Words } from './words.ts'

export const it: Words = {
  language: 'it',
  strong: {
    backlog: `backlog di prodotto, backlog del prodotto, backlog di progetto, lista dei desideri, un giorno,
      prima o poi, arretrato`,
    todo: `da fare, cose da fare, attività da fare, lista di cose da fare, lista delle cose da fare, da iniziare,
      da completare, non iniziato, non iniziata, non iniziate, non iniziati, da cominciare, backlog dello sprint,
      backlog di sprint, pronto per sviluppo, pronto per lo sviluppo, da sviluppare, da realizzare, da svolgere,
      da avviare, da eseguire`,
    doing: `in corso, in lavorazione, in esecuzione, in corso d'opera, in progresso, in svolgimento,
      in fase di sviluppo, in sviluppo, facendo, sto facendo, stiamo facendo, lavori in corso, attività in corso,
      in revisione, in verifica, in test, in fase di test, in collaudo, revisione del codice, da revisionare,
      da verificare, da testare, da controllare, pronto per revisione, pronto per la revisione, pronto per test,
      in attesa di revisione, in attesa di test, in attesa di verifica, da rilasciare, da pubblicare,
      pronto per rilascio, in realizzazione, in approvazione`,
    blocked: `bloccato, bloccata, bloccati, bloccate, in attesa, in sospeso, in pausa, in attesa del cliente,
      in attesa di risposta, in attesa di feedback, in attesa di approvazione, in attesa cliente, fermo, in stallo,
      messo in pausa, in stand by`,
    done: `fatto, fatta, fatti, fatte, già fatto, completato, completata, completati, completate, finito, finita,
      finiti, finite, terminato, terminata, terminati, terminate, concluso, conclusa, conclusi, concluse,
      attività completate, attività concluse, ultimato`,
    dropped: `annullato, annullata, annullati, annullate, scartato, scartata, scartati, scartate, da non fare,
      non fare, cancellato, cancellata, cancellati, cancellate, abbandonato`
  },
  weak: {
    backlog: `idee, idea, proposte, suggerimenti, rimandato, rimandati, rinviato, posticipato, più avanti, più tardi,
      futuro, forse, richieste, in futuro, posta in arrivo`,
    todo: `oggi, domani, questa settimana, prossima settimana, la prossima settimana, settimana prossima, questo mese,
      prossimo, prossimi, prossime, prossimamente, nuovo, nuovi, nuove, aperto, aperti, aperte, pianificato,
      pianificati, pianificazione, programmato, assegnato, attività, in coda, coda, prioritari, compiti, in programma`,
    doing: `revisione, verifica, verifiche, collaudo, prove, test, sviluppo, lavorazione, esecuzione, attivo, attivi,
      attive, avviato, avviati, iniziato, iniziati, controllo qualità, controllo, validazione, in validazione,
      realizzazione, da approvare, approvazione`,
    blocked: 'attesa, sospeso, sospesa, sospesi, congelato, fermi, pausa',
    done: `chiuso, chiusa, chiusi, chiuse, pubblicato, pubblicati, pubblicata, consegnato, consegnati, risolto,
      risolti, rilasciato, rilasciati, online, inviato, inviati, in produzione, accettato, evaso, evasi, lavorato`,
    dropped: `obsoleto, obsoleti, rifiutato, rifiutati, respinto, respinti, duplicato, duplicati, cestino, eliminato,
      eliminati`,
    reference: `informazioni, info generali, info utili, informazioni generali, strumenti, risorse, modelli, modello,
      note, appunti, link utili, documentazione, documenti, riferimenti, riferimento, istruzioni, guida, guide,
      leggimi, regole, contatti, aiuto, materiale, materiali, squadra, legenda`
  },
  openEnded: { blocked: 'in attesa di, in attesa del, in attesa della, in attesa da, bloccato da' }
}
