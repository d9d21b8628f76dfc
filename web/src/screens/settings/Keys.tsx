/** API keys: one's own, everybody's for an owner. A new one is shown once. */
import { Button, CopyButton, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import { change, get, type Output } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import styles from './Settings.module.css'

type Key = Output<'get', '/api/keys'>['keys'][number]

const words = settingsWords.keys

export function Keys() {
  const { role } = useMe()
  const read = useQuery(get('/api/keys'))
  const [making, make] = useDisclosure(false)
  const [leaving, leave] = useState<Key | null>(null)
  const removing = useMutation(change('delete', '/api/keys/{id}'))
  return (
    <div className={styles.sheets}>
      <Sheet
        title={words.title}
        actions={
          <Button variant="filled" size="xs" leftSection={<IconPlus aria-hidden />} onClick={make.open}>
            {words.add}
          </Button>
        }
        flush
      >
        <p className={styles.why}>
          {role === 'owner' ? words.whyOwner : words.why} <a href="/docs">{words.docs}</a>
        </p>
        {read.error ? (
          <Failed what={words.failed} error={read.error} again={read.refetch} />
        ) : !read.data ? (
          <Waiting rows={4} />
        ) : read.data.keys.length === 0 ? (
          <Empty icon={<IconKey />} title={words.empty} why={words.emptyWhy} />
        ) : (
          <DataTable
            label={words.list}
            columns={columnsWith(leave)}
            rows={read.data.keys}
            keyOf={({ id }) => id}
            nameOf={({ name }) => name}
            loading={read.isFetching}
          />
        )}
      </Sheet>
      <Make opened={making} onClose={make.close} />
      <Confirm
        opened={leaving !== null}
        onClose={() => leave(null)}
        title={words.removeTitle(leaving?.name ?? '')}
        deleted={words.deleted}
        action={words.removeAction}
        failed={words.removeFailed}
        onConfirm={async () => {
          if (!leaving) return
          await removing.mutateAsync({ path: { id: leaving.id } })
          done(words.removed(leaving.name))
        }}
      />
    </div>
  )
}

function Make({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [made, setMade] = useState<string | null>(null)
  const close = () => {
    onClose()
    setMade(null)
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      // Pressing beside it must not lose what is shown only once.
      closeOnClickOutside={made === null}
      title={made ? words.made.title : words.form.title}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {made ? <Made value={made} onClose={close} /> : <Fields onDone={setMade} />}
    </Modal>
  )
}

const DAYS = ['30', '90', '365', 'never'] as const

function Fields({ onDone }: { onDone: (key: string) => void }) {
  const [name, setName] = useState('')
  const [may, setMay] = useState('read')
  const [days, setDays] = useState<string>('365')
  const making = useMutation(change('post', '/api/keys'))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        making.mutate(
          { body: { name, change: may === 'change', days: days === 'never' ? null : Number(days) } },
          { onSuccess: ({ key }) => onDone(key) }
        )
      }}
    >
      <Stack gap="md">
        <TextInput
          label={words.form.name}
          placeholder={words.form.namePlaceholder}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Radio.Group label={words.form.may} value={may} onChange={setMay}>
          <Stack gap="sm" mt={4}>
            <Radio value="read" label={words.form.read} />
            <Radio value="change" label={words.form.change} />
          </Stack>
        </Radio.Group>
        <Select
          label={words.form.days}
          data={DAYS.map((value) => ({ value, label: words.form.choices[value] }))}
          value={days}
          onChange={(value) => value && setDays(value)}
          allowDeselect={false}
        />
        {making.error && <Failed what={words.form.failed} error={making.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="filled" loading={making.isPending}>
            {words.form.go}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const Made = ({ value, onClose }: { value: string; onClose: () => void }) => (
  <Stack gap="md">
    <Text size="sm">{words.made.once}</Text>
    <TextInput
      label={words.made.label}
      value={value}
      readOnly
      classNames={{ input: styles.code as string }}
      onFocus={(event) => event.currentTarget.select()}
      data-autofocus
    />
    <Group justify="flex-end" gap="sm">
      <CopyButton value={value}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? words.made.copied : words.made.copy}</Button>}
      </CopyButton>
      <Button variant="filled" onClick={onClose}>
        {words.made.ok}
      </Button>
    </Group>
  </Stack>
)

const columnsWith = (remove: (key: Key) => void): readonly Column<Key>[] => [
  {
    id: 'name',
    head: words.heads.name,
    width: 'minmax(0, 3fr)',
    phone: 'title',
    cell: ({ name }) => <span title={name}>{name}</span>
  },
  {
    id: 'key',
    head: words.heads.key,
    width: '110px',
    phone: 'below',
    cell: ({ start }) => <span className={styles.code}>{start}…</span>
  },
  { id: 'owner', head: words.heads.owner, width: 'minmax(0, 2fr)', phone: 'below', cell: ({ owner }) => owner },
  {
    id: 'may',
    head: words.heads.may,
    width: '130px',
    phone: 'hidden',
    cell: ({ scopes }) => (scopes.includes('change') ? words.changes : words.reads)
  },
  {
    id: 'used',
    head: words.heads.used,
    width: '140px',
    phone: 'hidden',
    cell: ({ usedAt }) =>
      usedAt ? <When at={usedAt} as="recently" /> : <span className={styles.quiet}>{words.never}</span>
  },
  {
    id: 'until',
    head: words.heads.until,
    width: '140px',
    phone: 'hidden',
    cell: ({ expiresAt }) => (expiresAt ? <When at={expiresAt} as="day" /> : words.forever)
  },
  {
    id: 'remove',
    head: '',
    width: '92px',
    align: 'right',
    phone: 'end',
    cell: (key) => (
      <Button size="xs" aria-label={words.removeOf(key.name)} onClick={() => remove(key)}>
        {words.remove}
      </Button>
    )
  }
]
