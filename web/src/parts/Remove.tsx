/** A red button that first says what is kept and what is deleted. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Confirm, type ConfirmProps } from './Confirm.tsx'

export function Remove({ label, ...confirm }: { label: string } & Omit<ConfirmProps, 'opened' | 'onClose'>) {
  const [asking, ask] = useDisclosure(false)
  return (
    <>
      <Button variant="light" color="red" onClick={ask.open}>
        {label}
      </Button>
      <Confirm {...confirm} opened={asking} onClose={ask.close} />
    </>
  )
}
