/** Every recorded payload of ClickUp: what it is an answer to, what it says as a webhook, or why nobody reads it. */
import { readShared, sharedFiles } from '../helpers/shared.ts'

const FOLDER = 'payloads/clickup'
export const payload = <T>(path: string): T => readShared<T>(`${FOLDER}/${path}.json`)

/** What each answer is read as. Two that are named after workspaces hold the spaces of one. */
export const ANSWERS = {
  people: ['clickup-rest-bstag/AuthorizationService__GetAuthorizedUser__Success', 'clickup-rest-bstag/GET_api_v2_user'],
  teams: ['clickup-rest-bstag/AuthorizationService__GetAuthorizedTeams__Success', 'clickup-rest-bstag/GET_api_v2_team'],
  spaces: [
    'clickup-rest-bstag/AuthorizationService__GETAuthorizedTeams__RecordedResponse_a4b7f194',
    'clickup-rest-bstag/AuthorizationService__GetAuthorizedTeams__RecordedResponse_a4b7f194'
  ],
  lists: [
    'clickup-rest-bstag/ListsService__GetFolderlessLists__GetFolderlessLists_Success',
    'clickup-rest-bstag/ListsService__GetListsInFolder__GetListsInFolder_Success'
  ],
  list: [
    'clickup-rest-bstag/ListsService__CreateListInFolder__List_Playback',
    'clickup-rest-bstag/ListsService__GetList__GetList_Success',
    'clickup-rest-bstag/ListsService__GetList__ListDetails_Playback',
    'clickup-rest-bstag/ListsService__GetList__Success',
    'clickup-rest-bstag/ListsService__PUTList__Success_body0ea02b5c'
  ],
  made: ['clickup-rest-bstag/TaskService__CreateTaskAsync_WithValidData_ShouldCreateTask__CreateTask_Success'],
  tasks: ['clickup-tasks-list-real/clickup_final', 'clickup-tasks-list-real/clickup_tasks'],
  oldTasks: [
    'clickup-tasks-tap-clickup/archived_task',
    'clickup-tasks-tap-clickup/archived_task_two',
    'clickup-tasks-tap-clickup/task',
    'clickup-tasks-tap-clickup/task_two'
  ]
}

/** Webhooks about a task: which one, when the change was made (null: nobody says when or who), whether it is gone. */
export const OF_TASKS: [file: string, task: string, at: string | null, deleted: boolean][] = [
  ['taskAssigneeUpdated', '1vj38vv', '2022-01-21T03:36:34.135Z', false],
  ['taskCommentPosted', '1vj38vv', '2022-01-21T03:50:45.116Z', false],
  ['taskCommentUpdated', '1vj38vv', '2022-01-21T03:50:45.116Z', false],
  ['taskCreated', '1vj37mc', '2022-01-21T03:10:31.523Z', false],
  ['taskDeleted', '1vj37mc', null, true],
  ['taskDueDateUpdated', '1vj38vv', '2022-01-21T03:39:54.447Z', false],
  ['taskMoved', '1vj38vv', '2022-01-21T03:47:59.339Z', false],
  ['taskPriorityUpdated', '1vj38vv', '2022-01-21T03:21:07.148Z', false],
  ['taskStatusUpdated', '1vj38vv', '2022-01-21T03:34:33.330Z', false],
  ['taskStatusUpdated_on_create', '1vj37mc', '2022-01-21T03:10:31.523Z', false],
  ['taskTagUpdated', '1vj38vv', '2022-01-21T03:44:12.800Z', false],
  ['taskTimeEstimateUpdated', '1vj38vv', '2022-01-21T03:55:59.443Z', false],
  ['taskTimeTrackedUpdated', '1vj38vv', '2022-01-21T03:56:16.354Z', false],
  ['taskUpdated_comment', '1vj38vv', '2022-01-21T03:50:45.116Z', false],
  ['taskUpdated_content', '1vj37mc', '2022-01-21T03:15:25.064Z', false],
  ['taskUpdated_custom_field', '1vj37mc', '2022-01-21T03:18:30.657Z', false],
  ['taskUpdated_priority', '1vj38vv', '2022-01-21T03:21:07.148Z', false],
  ['taskUpdated_status', '1vj38vv', '2022-01-21T03:34:33.330Z', false]
]

export const OF_LISTS: [file: string, list: string][] = [
  ['listCreated', '162641234'],
  ['listDeleted', '162641062'],
  ['listUpdated', '162641285']
]

/** What is above lists is read with them: these say nothing of any one. */
export const OF_NO_LIST = ['folderCreated', 'spaceUpdated']

export const DOCS = 'clickup-webhooks-vendor-docs'
export const RECORDED_HOOK = 'clickup-webhooks-zulip/task_updated_time_spent'

export const NEVER_READ: Record<string, string> = {
  'clickup-rest-bstag/TemplatesService__GETGetTaskTemplates__Success_querypage_0':
    'templates are no tasks, the hub asks for none'
}

export const listed = (): string[] =>
  [
    ...Object.values(ANSWERS).flat(),
    ...[...OF_TASKS.map(([file]) => file), ...OF_LISTS.map(([file]) => file), ...OF_NO_LIST].map(
      (file) => `${DOCS}/${file}`
    ),
    RECORDED_HOOK,
    ...Object.keys(NEVER_READ)
  ]
    .map((path) => `${path}.json`)
    .sort()

export const recorded = (): string[] => sharedFiles(FOLDER)
