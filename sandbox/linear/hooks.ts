/**
 * Webhooks on their way out: signed over the raw body, tried again after a minute, an hour and six hours, switched off
 * when the last try failed too. https://linear.app/developers/webhooks
 */
import { createHmac, randomUUID } from 'node:crypto'
import type { Parcel, Post } from '../kit/post.ts'
import type { Comment, Issue, User, Webhook } from './facts.ts'
import type { Action, Told } from './work.ts'
import type { World } from './world.ts'

const RETRIES_MS = [60_000, 3_600_000, 21_600_000]

interface Retry {
  hook: Webhook
  parcel: Parcel
  tries: number
  due: number
}

export function createHooks(world: World, post: Post) {
  let waiting: Retry[] = []

  const tell: Told = (type, action, entity, actor, from) => {
    const issue = type === 'Issue' ? (entity as Issue) : world.issues.get((entity as Comment).issueId)
    if (!issue) return
    const team = world.teams.get(issue.teamId)
    for (const hook of world.webhooks.values()) {
      if (!hook.enabled || !hook.resourceTypes.includes(type)) continue
      if (hook.teamId === issue.teamId || (hook.allPublicTeams && team?.visibility === 'public'))
        send(hook, type, action, payload(type, action, entity, actor, from))
    }
  }

  function payload(
    type: string,
    action: Action,
    entity: Issue | Comment,
    actor: User,
    from?: Record<string, unknown>
  ): Record<string, unknown> {
    const data = type === 'Issue' ? issueData(entity as Issue) : commentData(entity as Comment)
    return {
      action,
      actor: { id: actor.id, name: actor.name, email: actor.email, url: actor.url, type: 'user' },
      createdAt: world.now(),
      data,
      url: data.url,
      type,
      organizationId: world.organization.id,
      ...(from === undefined ? {} : { updatedFrom: from })
    }
  }

  function issueData(issue: Issue): Record<string, unknown> {
    const { __typename: _, spans: _spans, entries: _entries, ...scalars } = issue
    const state = world.states.get(issue.stateId)
    const team = world.teams.get(issue.teamId)
    const assignee = issue.assigneeId === null ? undefined : world.users.get(issue.assigneeId)
    return {
      ...scalars,
      identifier: world.identifier(issue),
      url: world.issueUrl(issue),
      state: state && { id: state.id, name: state.name, type: state.type, color: state.color },
      team: team && { id: team.id, key: team.key, name: team.name },
      ...(assignee ? { assignee: { id: assignee.id, email: assignee.email, name: assignee.name } } : {}),
      labels: issue.labelIds.map((id) => world.labels.get(id)).map((label) => ({ id: label?.id, name: label?.name }))
    }
  }

  function commentData(comment: Comment): Record<string, unknown> {
    const { __typename: _, ...scalars } = comment
    const issue = world.issues.get(comment.issueId)
    return {
      ...scalars,
      url: issue ? `${world.issueUrl(issue)}#comment-${comment.id.slice(0, 8)}` : '',
      issue: issue && { id: issue.id, title: issue.title, teamId: issue.teamId },
      user: comment.userId === null ? undefined : { id: comment.userId, name: world.users.get(comment.userId)?.name }
    }
  }

  function send(hook: Webhook, type: string, _action: Action, told: Record<string, unknown>): void {
    const body = JSON.stringify({ ...told, webhookTimestamp: world.clock.now(), webhookId: hook.id })
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Linear-Webhook',
      'linear-delivery': randomUUID(),
      'linear-event': type,
      'linear-timestamp': String(world.clock.now()),
      'linear-signature': createHmac('sha256', hook.secret).update(body).digest('hex')
    }
    attempt({ hook, parcel: { url: hook.url, headers, body }, tries: 0, due: 0 })
  }

  function attempt(retry: Retry): void {
    post.deliver(retry.parcel, (status) => {
      if (status === 200) return
      const wait = RETRIES_MS[retry.tries]
      if (wait === undefined) retry.hook.enabled = false
      else waiting.push({ ...retry, tries: retry.tries + 1, due: world.clock.now() + wait })
    })
  }

  return {
    tell,
    /** An app whose access was taken away is told so on every hook of its user. */
    revoked(user: string): void {
      for (const hook of world.webhooks.values()) {
        if (hook.creatorId !== user) continue
        send(hook, 'OAuthApp', 'remove', {
          type: 'OAuthApp',
          action: 'revoked',
          createdAt: world.now(),
          organizationId: world.organization.id,
          oauthClientId: randomUUID()
        })
      }
    },
    /** Sends again what is due by now. */
    retry(): number {
      const due = waiting.filter((one) => one.due <= world.clock.now())
      waiting = waiting.filter((one) => one.due > world.clock.now())
      for (const one of due) if (one.hook.enabled) attempt(one)
      return due.length
    }
  }
}
