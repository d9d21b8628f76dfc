import type { Words } from './words.ts'

export const fr: Words = {
  language: 'fr',
  strong: {
    backlog: `backlog produit, carnet de produit, backlog projet, boîte à idées, un jour, un jour peut-être,
      liste de souhaits, liste d'envies, réservoir à idées`,
    todo: `à faire, tâches à faire, choses à faire, liste des tâches, liste de tâches, reste à faire,
      pas commencé, non commencé, non commencée, non démarré, à démarrer, à commencer, à réaliser, à traiter,
      à développer, backlog du sprint, backlog de sprint, prêt à développer, prêt pour développement, prêt pour dev,
      prêt à démarrer`,
    doing: `en cours, tâches en cours, en cours de réalisation, en cours de développement, en cours de traitement,
      travail en cours, en développement, en train de faire, en réalisation, en progression, en exécution,
      en relecture, en revue, en test, en tests, en cours de test, en recette, en validation, revue de code, à relire,
      à tester, à valider, à vérifier, prêt pour revue, prêt à tester, prêt pour test, en attente de relecture,
      en attente de revue, en attente de test, à déployer, prêt à déployer, prêt à livrer, à livrer,
      prêt pour livraison, en cours de validation`,
    blocked: `bloqué, bloquée, bloqués, bloquées, en attente, en pause, mis en attente, en attente client,
      en attente du client, en attente de réponse, en attente de retour, en attente de validation, en suspens,
      à l'arrêt, points bloquants, blocage`,
    done: `fait, faite, faits, faites, terminé, terminée, terminés, terminées, fini, finie, finis, finies, achevé,
      achevée, achevés, tâches terminées, tâches faites, c'est fait, accompli, tâches achevées, déjà fait, réalisé,
      réalisée, réalisés, terminé et validé`,
    dropped: `annulé, annulée, annulés, annulées, abandonné, abandonnée, abandonnés, abandonnées, ne pas faire,
      ne sera pas fait, à ne pas faire`
  },
  weak: {
    backlog: `idées, idée, suggestions, propositions, reporté, reportés, reportée, plus tard, futur, peut-être,
      boîte de réception, demandes, à trier, remue-méninges, envies, feuille de route, à réfléchir`,
    todo: `aujourd'hui, demain, cette semaine, semaine prochaine, la semaine prochaine, ce mois-ci, prochainement,
      suivant, suivants, prochain, prochaines étapes, à venir, nouveau, nouveaux, nouvelles, ouvert, ouverts,
      planifié, planifiés, planification, à planifier, programmé, prévu, prévus, tâches, en file d'attente, assigné,
      attribué, priorisé, bientôt`,
    doing: `revue, relecture, test, tests, recette, validation, vérification, contrôle qualité, développement,
      réalisation, actif, démarré, commencé, en production interne, exécution, rédaction, en rédaction`,
    blocked: 'attente, suspendu, suspendue, gelé, standby, en standby, en stand by',
    done: `clos, close, clôturé, clôturés, clôturée, fermé, fermés, fermée, livré, livrés, livrée, publié, publiés,
      publiée, résolu, résolus, en ligne, complété, complet, validé, validés, validée, déployé, envoyé, accepté,
      en production, mis en production, mise en production, mis en ligne, corrigé`,
    dropped: `obsolète, obsolètes, rejeté, rejetés, refusé, refusés, doublon, doublons, corbeille, poubelle, supprimé,
      écarté`,
    reference: `informations, infos, info générale, informations générales, infos utiles, infos générales, outils,
      ressources, modèles, modèle, notes, liens, liens utiles, documentation, documents, références, référence,
      consignes, instructions, guide, guides, lisez-moi, à lire, équipe, règles, contacts, à propos, aide,
      mode d'emploi`
  },
  openEnded: { blocked: "en attente de, en attente du, en attente d', bloqué par" }
}
