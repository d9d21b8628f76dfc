import type { Words } from './words.ts'

export const pt: Words = {
  language: 'pt',
  strong: {
    backlog: `backlog do produto, backlog de produto, backlog do projeto, lista de desejos, algum dia,
      banco de ideias`,
    todo: `a fazer, para fazer, por fazer, fazer, tarefas a fazer, coisas a fazer, lista de tarefas,
      tarefas pendentes, pendentes, não iniciado, não iniciada, não iniciadas, não iniciados, a iniciar,
      backlog da sprint, backlog do sprint, pronto para desenvolvimento, pronto para desenvolver, pronto para começar,
      a desenvolver, o que fazer`,
    doing: `fazendo, em andamento, em progresso, em curso, em execução, em desenvolvimento, desenvolvendo, a decorrer,
      em processo, em produção interna, trabalhando, em revisão, em teste, em testes, em homologação, em análise,
      revisão de código, code review em andamento, pronto para revisão, aguardando revisão, pronto para teste,
      pronto para testes, aguardando teste, aguardando testes, pronto para deploy, pronto para publicar, em validação,
      em elaboração, em QA`,
    blocked: `bloqueado, bloqueada, bloqueados, bloqueadas, em espera, pausado, pausada, pausados, em pausa, parado,
      parada, impedimento, impedimentos, impedido, aguardando cliente, aguardando o cliente, aguardando retorno,
      aguardando resposta, aguardando aprovação, em stand by`,
    done: `feito, feita, feitos, feitas, concluído, concluída, concluídos, concluídas, finalizado, finalizada,
      finalizados, finalizadas, terminado, terminada, completo e entregue, tarefas concluídas, tarefas finalizadas,
      tarefas feitas, realizado, realizada, já feito, completado`,
    dropped: `cancelado, cancelada, cancelados, canceladas, descartado, descartada, descartados, não fazer,
      não será feito, não vai ser feito`
  },
  weak: {
    backlog: `ideias, ideia, sugestões, propostas, adiado, adiados, mais tarde, depois, futuro, talvez,
      caixa de entrada, solicitações, demandas, brainstorm de ideias, tempestade de ideias, pedidos`,
    todo: `hoje, amanhã, esta semana, essa semana, próxima semana, semana que vem, próximo, próximos, próximas, novo,
      novos, novas, aberto, abertos, abertas, planejado, planejados, planejamento, planeado, planeamento, programado,
      agendado, atribuído, tarefas, na fila, fila, priorizado, este mês`,
    doing: `revisão, revisar, revisando, para revisar, a revisar, teste, testes, testando, a testar, para testar,
      homologação, validação, validar, desenvolvimento, execução, executando, ativo, ativas, iniciado, iniciados,
      aprovação, em aprovação, verificação, conferência`,
    blocked: 'aguardando, espera, esperando, suspenso, suspensa, congelado, travado',
    done: `fechado, fechada, fechados, fechadas, encerrado, encerrada, encerrados, completo, completos, publicado,
      publicados, entregue, entregues, resolvido, resolvidos, prontos, pronta, lançado, enviado, em produção,
      implantado, aceito`,
    dropped: `obsoleto, obsoletos, rejeitado, recusado, recusados, duplicado, duplicados, excluído, lixeira, lixo,
      abandonado`,
    reference: `informações, informação, informações gerais, ferramentas, recursos, modelos, modelo, notas, anotações,
      links úteis, documentação, documentos, referências, referência, instruções, materiais, material de apoio, guia,
      leia me, leiame, equipe, equipa, regras, contatos, contactos, sobre, ajuda`
  },
  openEnded: { blocked: 'aguardando, à espera de, em espera de, bloqueado por, esperando por' }
}
