/** ⌘ K: type a few letters of where you want to go. Opens each time `asked` grows. */
import '@mantine/spotlight/styles.layer.css'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { words } from '../words/en.ts'
import styles from './Finder.module.css'
import { useNavScreens } from './navScreens.ts'

const [store, finder] = createSpotlight()

export default function Finder({ asked, onKeys }: { asked: number; onKeys: () => void }) {
  const navigate = useNavigate()
  const screens = useNavScreens()
  useEffect(() => {
    if (asked > 0) finder.open()
  }, [asked])
  return (
    <Spotlight
      store={store}
      shortcut={null}
      returnFocus
      highlightQuery
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{ content: styles.content, search: styles.search, actionsGroup: styles.group }}
      transitionProps={{ duration: 120 }}
      nothingFound={words.finder.empty}
      searchProps={{
        leftSection: <IconSearch />,
        placeholder: words.finder.placeholder,
        'aria-label': words.finder.placeholder
      }}
      actions={[
        {
          group: words.finder.screens,
          actions: screens.map(({ path, nav }) => ({
            id: path,
            label: nav.label,
            leftSection: <nav.icon />,
            onClick: () => void navigate({ to: path })
          }))
        },
        { id: 'keys', label: words.finder.keys, leftSection: <IconKeyboard />, onClick: onKeys }
      ]}
    />
  )
}
