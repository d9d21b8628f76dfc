/** What the reports say. */
import { count, list } from './say.ts'

export const reportsWords = {
  title: 'Reports',
  sub: 'The weekly rollup leaves by mail: what was done, what was carried over, which key results moved, what waits.',
  failed: 'The reports could not be read',
  subscriptions: {
    title: 'Who gets the rollup, and when',
    aside: (n: number) => count(n, 'person', 'people'),
    table: 'People who get the weekly rollup',
    person: 'Person',
    about: 'About',
    when: 'When',
    next: 'Next',
    all: 'All boards they see',
    boards: (names: string[]) =>
      names.length <= 2 ? list(names) : `${list(names.slice(0, 2))} and ${names.length - 2} more`,
    each: (weekday: string, time: string, place: string) => `${weekday}s at ${time}, ${place}`,
    add: 'Add a person',
    own: 'Get the rollup',
    change: 'Change',
    preview: 'Preview',
    empty: 'Nobody gets the rollup yet',
    emptyWhy:
      'Once a week it tells what was done and what waits, on the boards that a person sees. Nothing leaves before someone is named here.',
    emptyMember: 'A manager or someone who tends the hub can have it sent to you.'
  },
  mails: {
    title: 'What has left',
    aside: 'the last 13 weeks',
    table: 'Rollups that have left',
    week: 'Week',
    to: 'To',
    subject: 'Subject',
    state: 'What became of it',
    states: {
      due: 'Leaves shortly',
      sending: 'On its way',
      sent: 'Sent',
      unclear: 'Not known whether it arrived',
      dead: 'Could not be sent'
    },
    resend: 'Send again',
    resendFailed: 'It was not sent again',
    resent: (to: string) => `On its way again to ${to}`,
    empty: 'No rollup has left yet',
    emptyWhy: 'Each one stays here as it left, with what became of it.',
    failed: 'What has left could not be read'
  },
  preview: {
    next: (name: string) => `The rollup to ${name}`,
    nextSays: (moment: string) =>
      `Written just now, about the last whole week. The next one leaves ${moment}; looking sends nothing.`,
    past: (name: string) => `As it left for ${name}`,
    frame: 'The mail as it looks',
    html: 'As it looks',
    text: 'As plain text',
    view: 'How the mail is shown',
    failed: 'The mail could not be written',
    failedPast: 'This mail could not be read',
    send: 'Send it now',
    sendTitle: (name: string) => `Send this rollup to ${name} now`,
    sendKept: 'The weekly one leaves as planned. Each week is sent once: if this one has left already, nothing leaves.',
    sendFailed: 'The rollup was not sent',
    sent: (to: string) => `Sent to ${to}`
  },
  form: {
    add: 'Who gets the weekly rollup',
    change: (name: string) => `The weekly rollup to ${name}`,
    person: 'Person',
    personHint: 'Their mail address, or a name',
    weekday: 'On',
    time: 'At',
    timeHint: 'Their local time',
    about: 'About these boards',
    aboutHint: 'Every board they see, when none is named',
    says: 'Those with an account here are told of boards they see only, whatever is named.',
    saved: (name: string, next: string) => `${name} gets the next one ${next}`,
    failed: 'This was not saved',
    end: 'Send no more',
    ended: (name: string) => `${name} gets no more rollups`
  }
}
