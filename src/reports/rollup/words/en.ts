import { counting, type RollupWords } from './rollupWords.ts'

const { number, of } = counting('en')
const cards = (count: number) => of(count, 'card', 'cards')
const days = (count: number) => of(count, 'working day', 'working days')
const SPELLED = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight']

export const en: RollupWords = {
  language: 'en',
  subject: (week, done) => `${week}: ${done === 0 ? 'nothing' : number(done)} done`,
  behind: (amount) => `${amount} behind pace`,
  ahead: (amount) => `${amount} ahead of pace`,
  onPace: 'on pace',
  points: (amount, count) => `${amount} ${count === 1 ? 'point' : 'points'}`,
  headline: {
    done(done, before) {
      const so = done === 0 ? 'No card was done' : `${cards(done)} done`
      if (done === before) return `${so}, as many as the week before.`
      return `${so}, ${number(Math.abs(done - before))} ${done > before ? 'more' : 'fewer'} than the week before.`
    },
    quiet: 'A quiet week. No card was done and nothing waits for anyone.',
    moved: ({ title, amount, back, pace }) =>
      `${title} moved ${back ? 'back ' : ''}by ${amount}${pace ? ` and stands ${pace}` : ''}.`,
    stoodStill: (title) => `${title} did not move and needs a decision.`,
    waits: (title, workingDays) => `“${title}” has waited for ${days(workingDays)} and needs a decision.`
  },
  figures: {
    done: 'Done',
    carriedOver: 'Carried over',
    overdue: 'Overdue',
    stuck: 'Stuck',
    doneBefore: (count) => `${number(count)} the week before`,
    more: (count) => `${number(count)} more`,
    fewer: (count) => `${number(count)} fewer`,
    same: 'as many as before',
    newAndFixed: (fresh, fixed) => `${number(fresh)} new, ${number(fixed)} fixed`,
    oldest: (day) => `oldest since ${day}`,
    none: 'none'
  },
  keyResults: {
    title: 'Key results that moved',
    mark: 'the mark shows where pace would be',
    none: 'No key result moved.',
    status: { 'on track': 'On track', 'at risk': 'At risk', 'off track': 'Off track' },
    of: (now, target) => `${now} of ${target}`,
    towards: (now, target) => `${now}, towards ${target}`,
    expected: (amount) => `, ${amount} expected by now`,
    counted: (count, back) =>
      [
        count > 0 ? `${cards(count)} counted` : 'Nothing counted',
        ...(back > 0 ? [`${number(back)} taken back`] : [])
      ].join(', '),
    noChange: 'no change'
  },
  cards,
  workingDays: days,
  done: { title: 'Done, by project', none: 'No card was done.' },
  carriedOver: {
    title: 'Carried over, by project',
    since: (day) => `since ${day}`,
    due: (day) => `due ${day}`,
    overdue: 'Overdue',
    wasDue: (day, age) => `due ${day}${age > 0 ? `, ${days(age)} ago` : ''}`,
    stuck: 'Stuck',
    stuckFor: (age, day) => `for ${days(age)}${day ? `, since ${day}` : ''}`
  },
  nobody: 'Nobody assigned',
  more: (count) => `and ${number(count)} more`,
  morePeople: (count) => `and cards of ${of(count, 'more person', 'more people')}`,
  moreProjects: (count) => `and ${of(count, 'more project', 'more projects')}`,
  untitled: (count) => `${number(count)} more, counted without titles`,
  waiting: {
    title: 'Waiting for someone',
    none: 'Nothing waits for anyone.',
    stuck: (day, age) => `Stuck since ${day}, ${days(age)}`,
    overdue: (day, age) => `Due ${day}${age > 0 ? `, ${days(age)} ago` : ''}`,
    withPeople: (names) => `With ${names}`,
    nobody: 'Nobody assigned yet',
    counts: (noAssignee, noDeadline) =>
      `${cards(noAssignee)} ${noAssignee === 1 ? 'has' : 'have'} no assignee, ${number(noDeadline)} no date.`,
    seeThem: 'See them'
  },
  findings: {
    title: 'Findings',
    about: (opened, fixed, medianDays, count) =>
      `${number(opened)} opened, ${number(fixed)} fixed${
        medianDays === null ? '' : `, half of them within ${medianDays} ${count === 1 ? 'working day' : 'working days'}`
      }`,
    openedFixed: (opened, fixed) => `${number(opened)} opened, ${number(fixed)} fixed`
  },
  weeks: {
    title: (count) => `${SPELLED[count] ?? number(count)} weeks`,
    done: 'Cards done per week',
    doneAbout: (now, week, least, most) =>
      `${number(now)} in week ${week}; ${least === most ? number(least) : `${number(least)} to ${number(most)}`} in the weeks before`,
    days: 'Days from start to done, median',
    daysAbout: (now, week, first, firstWeek) => `${now ?? 'None'} in week ${week}, ${first} in week ${firstWeek}`,
    noValue: 'none'
  },
  open: 'Open the week',
  leftOut: (projects) => `Left out, because they could not be read since: ${projects}.`,
  footer: {
    sent: (name, weekday, time, place) => `For ${name}, every ${weekday} at ${time} in ${place}.`,
    asked: (name) => `For ${name}.`,
    asOf: (moment) => `Cards as read by ${moment}`,
    older: (project, moment) => `${project} by ${moment}`,
    promise: 'Throughline keeps no hours and ranks nobody.',
    settings: 'Change or stop this mail'
  }
}
