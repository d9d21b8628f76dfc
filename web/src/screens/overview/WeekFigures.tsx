/** Done, carried over, overdue, stuck: each with eight weeks behind it, and a link to its cards. */
import { IconClock, IconHourglassEmpty } from '@tabler/icons-react'
import { CategoryGlyph } from '../../parts/Category.tsx'
import { Spark } from '../../parts/Charts.tsx'
import { useClock } from '../../parts/clock.ts'
import { Figure, Figures } from '../../parts/Figure.tsx'
import { overviewWords } from '../../words/overview.ts'
import { number } from '../../words/say.ts'
import styles from './Overview.module.css'
import type { Overview } from './Overview.tsx'

const words = overviewWords.figures

export function WeekFigures({ figures, week, zone }: Overview) {
  const { now } = useClock()
  const { done, carriedOver, overdue, stuck } = figures
  const monday = week.from
  const chart = (of: string, values: number[]) => <Spark values={values} of={words.weeks(of)} />
  return (
    <Figures label={words.label}>
      <Figure
        label={words.done}
        icon={<CategoryGlyph category="done" label={false} />}
        value={number(done.value)}
        compared={words.doneThan(done.value, done.before, now, zone)}
        chart={chart(words.done, done.weeks)}
        to="/tasks"
        search={{ filter: `category = done and completed >= ${monday}` }}
      />
      <Figure
        label={words.carriedOver}
        icon={<CategoryGlyph category="doing" label={false} />}
        value={number(carriedOver.value)}
        compared={words.carriedThan(carriedOver.value, carriedOver.before)}
        chart={chart(words.carriedOver, carriedOver.weeks)}
        to="/tasks"
        search={{ filter: `category in (doing, blocked) and entered_column before ${monday}` }}
      />
      <Figure
        label={words.overdue}
        icon={<IconClock className={overdue.value > 0 ? styles.bad : undefined} aria-hidden />}
        value={number(overdue.value)}
        compared={words.overdueOf(overdue.opened, overdue.oldestDays)}
        chart={chart(words.overdue, overdue.weeks)}
        to="/findings"
        search={{ rule: 'overdue' }}
      />
      <Figure
        label={words.stuck}
        icon={<IconHourglassEmpty className={stuck.value > 0 ? styles.warn : undefined} aria-hidden />}
        value={number(stuck.value)}
        compared={words.stuckOf(stuck.stale, stuck.blocked)}
        chart={chart(words.stuck, stuck.weeks)}
        to="/findings"
        search={{ rule: 'stale-doing' }}
      />
    </Figures>
  )
}
