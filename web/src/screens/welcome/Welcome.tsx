/** The first visit: three steps from a tool to first findings. Each has an address, so that a way back from a tool leads to the next. */
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/me.ts'
import { useUrl } from '../../parts/useUrl.ts'
import { Brand } from '../../shell/Brand.tsx'
import { welcomeWords as words } from '../../words/welcome.ts'
import { BoardsStep } from './BoardsStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { ToolStep } from './ToolStep.tsx'
import styles from './Welcome.module.css'

const STEPS = ['tool', 'boards', 'columns'] as const
type Step = (typeof STEPS)[number]

const START = { step: 'tool', tool: null as string | null, failed: null as string | null }

export default function Welcome() {
  const { name } = useMe()
  const [{ step: asked, tool, failed }, show] = useUrl(START)
  const step = STEPS.find((one) => one === asked) ?? 'tool'
  const go = (to: Step) => show({ step: to, tool: null, failed: null }, { add: true })
  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <Brand />
        <span>
          <span className={styles.as}>{words.as(name)} · </span>
          <Link to="/projects">{words.skip}</Link>
        </span>
      </header>
      <main>
        <Steps now={step} onGo={go} />
        {step === 'tool' && (
          <ToolStep
            tool={tool}
            failed={failed}
            onTool={(one) => show({ tool: one, failed: null }, { add: true })}
            onDone={() => go('boards')}
          />
        )}
        {step === 'boards' && <BoardsStep onDone={() => go('columns')} onBack={() => go('tool')} />}
        {step === 'columns' && <ColumnsStep onBoards={() => go('boards')} />}
      </main>
    </div>
  )
}

function Steps({ now, onGo }: { now: Step; onGo: (step: Step) => void }) {
  const at = STEPS.indexOf(now)
  return (
    <ol className={styles.steps} aria-label={words.stepsLabel}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          data-state={place < at ? 'done' : place === at ? 'now' : 'next'}
          aria-current={place === at ? 'step' : undefined}
        >
          <button type="button" onClick={() => onGo(step)} disabled={place >= at}>
            <span className={styles.circle}>{place < at ? <IconCheck aria-hidden /> : place + 1}</span>
            <span className={styles.step}>{words.steps[place]}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
