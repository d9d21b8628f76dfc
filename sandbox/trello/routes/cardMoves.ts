/** A card changes its board: what it takes along and what it loses. */
import type { Board } from '../board.ts'
import type { CardEntry, LabelFacts, ListFacts } from '../facts.ts'
import { boardRef, cardRef, listRef, tell, touch } from '../history.ts'
import type { Question } from '../question.ts'

/** Moves one card with its two actions, one on either board. */
export function moveToBoard(question: Question, card: CardEntry, from: Board, to: Board, list: ListFacts): void {
  const left = listRef(from.lists.get(card.facts.idList))
  tell(question, from, 'moveCardFromBoard', {
    card: cardRef(card),
    board: boardRef(from),
    list: left,
    boardTarget: { id: to.id, name: to.facts.name }
  })
  transfer(question, card, from, to, list)
  tell(question, to, 'moveCardToBoard', {
    card: cardRef(card),
    board: boardRef(to),
    list: listRef(list),
    boardSource: { id: from.id, name: from.facts.name }
  })
}

/**
 * Labels come back with the ids of the new board, made there where it lacks them; people who are not on it are taken
 * off; custom fields belong to the old board. (Shared sheet §8, "labels/lists recreated with new ids".)
 */
export function transfer(question: Question, card: CardEntry, from: Board, to: Board, list: ListFacts): void {
  const { world } = question
  world.removeCard(from, card)
  const labels = card.facts.labels.map((label) => labelOn(question, to, label as unknown as LabelFacts))
  to.lastShort += 1
  Object.assign(card.facts, {
    idBoard: to.id,
    idList: list.id,
    idShort: to.lastShort,
    labels,
    idLabels: labels.map((label) => label.id),
    idMembers: card.facts.idMembers.filter((member) => to.memberships.has(member))
  })
  card.customFieldItems = []
  world.addCard(to, card)
  touch(question, card)
}

function labelOn(question: Question, board: Board, like: LabelFacts): LabelFacts {
  for (const label of board.labels.values()) {
    if (label.name === like.name && label.color === like.color) return label
  }
  const label = { id: question.world.newId(), idBoard: board.id, name: like.name, color: like.color }
  question.world.addLabel(board, label)
  return label
}
