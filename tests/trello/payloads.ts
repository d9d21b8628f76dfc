/** Every recorded payload of Trello: what the adapter reads in it, or why it reads nothing. */
import { sharedFiles } from '../helpers/shared.ts'
import type { Kind } from './words.ts'

export const FOLDER = 'payloads/trello'
/** Exchanges recorded between 2020 and 2022. */
export const CASSETTES = 'trello-rest-ruby-trello'
/** Samples of a client library, 2023. */
export const SAMPLES = 'trello-dotnet-samplejson'
/** Actions as webhooks brought them in 2015, some later. */
export const ACTIONS = 'trello-webhooks-fiatjaf'

/** What stands in the answers of each exchange, in the words of words.ts. */
export const EXCHANGED: Record<string, string[]> = {
  action_find_with_id_and_get_all_fields: ['createCustomField'],
  board_find_with_id_and_get_all_fields: ['board IT 1 for its company'],
  board_find_with_id_and_get_specific_fields: ['board IT 1 for its members'],
  can_add_a_file_from_url_on_a_card: ['card C2'],
  can_add_a_file_on_a_card: ['card C2'],
  can_add_a_file_on_a_card_with_farady: ['card C2'],
  can_add_a_member_to_a_board: ['board IT 2 for its company', 'Hopper Gee @wokenqingtian', 'Hopper Test @hoppertest'],
  can_add_a_member_to_a_card: ['card C2', 'Hopper Test @hoppertest'],
  can_add_label_on_a_card: ['card C2', 'label orange “”'],
  can_arvhice_all_cards_of_list: ['list L1 at 65535', 'card test 1', 'card test 2'],
  can_close_bong_a_card: ['card C3', 'card C3, archived'],
  can_get_actions: [
    'card C1, comments 1',
    'comment “This is a test comment”',
    'updateCard: renamed',
    'createCard: created'
  ],
  can_get_actions_of_board: [
    'board IT 2 for its company',
    'updateCustomFieldItem: changed',
    'createCustomField',
    'enablePlugin',
    'addChecklistToCard: changed',
    'addMemberToBoard',
    'createCard: created ×2',
    'updateCard: due_changed ×3',
    'addMemberToCard: assigned ×2',
    'copyCard: created',
    'deleteCard: deleted ×2',
    'copyCommentCard: changed',
    'updateList',
    'createList',
    'updateBoard',
    'addToOrganizationBoard',
    'createBoard'
  ],
  can_get_actions_of_list: ['list L4 - Changed at 16383.75', 'updateList', 'createList'],
  can_get_actions_of_members: [
    'Hopper Test @hoppertest',
    'addToOrganizationBoard ×6',
    'createBoard ×2',
    'copyBoard',
    'enablePlugin ×2',
    'updateBoard ×36',
    'removeFromOrganizationBoard ×3'
  ],
  can_get_actions_of_organization: ['createOrganization'],
  can_get_attachments: ['card C2'],
  can_get_boards_of_custom_field: ['field Started - Change of type checkbox', 'board IT 2 for its company'],
  can_get_boards_of_label: ['label blue “”', 'board test-2 for its members'],
  can_get_boards_of_organization: [
    'board IT 100 for its company',
    'board IT 101 for its company',
    'board IT 2 for its company',
    'board IT 3 for its company',
    'board IT 4 for its company',
    'board IT 5 for its company',
    'board IT 6 for its company',
    'board IT 99 for its members'
  ],
  can_get_boards_with_filter_of_organization: [
    'board IT 100 for its members',
    'board IT 101 for its members',
    'board IT 2 for its members',
    'board IT 3 for its members',
    'board IT 4 for its members',
    'board IT 5 for its members',
    'board IT 6 for its members',
    'board IT 99 for its members'
  ],
  can_get_cards_of_board: [
    'board IT 2 for its company',
    'card Test Trello::Card.create 3, due 2020-12-22T01:59:00.000Z',
    'card Test Trello::Card.create 2, due 2020-12-22T01:59:00.000Z',
    'card Test Trello::Card.create, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 2, comments 1'
  ],
  can_get_cards_of_list: [
    'list L2 at 131071',
    'card Test Trello::Card.update!, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 1'
  ],
  can_get_cards_of_member: [
    'Hopper Test @hoppertest',
    'card test, due 2020-04-26T12:56:00.000Z, assigned to 1 ×2',
    'card Test Trello::Card.create, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 2, comments 1',
    'card Test Trello::Card.update!, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 1',
    'card C2-changed, assigned to 1, checked 1/2',
    'card Card1, assigned to 1'
  ],
  can_get_checklists_of_board: ['board IT 2 for its company', 'checklist 0/2'],
  can_get_comments: ['card C1, checked 0/4, comments 2', 'comment “Hello, world!”', 'comment “This is a test comment”'],
  can_get_comments_board: ['board IT 2 for its company'],
  can_get_comments_card: ['card Test Trello::Card.create, assigned to 1, labels 2, comments 3'],
  can_get_comments_list: ['list L1 at 65535'],
  can_get_custom_field_options_of_custom_field: ['field Test of type list, 1, 2'],
  can_get_custom_fields_of_board: ['board IT 2 for its company', 'field Point of type number'],
  can_get_label_names_of_board: ['board IT 2 for its company'],
  can_get_labels_of_board: [
    'board IT 2 for its company',
    'label green “”',
    'label orange “”',
    'label yellow “”',
    'label red “”',
    'label blue “”',
    'label purple “”'
  ],
  can_get_lists_of_board: ['board IT 2 for its company', 'list L1 at 65535'],
  can_get_members_of_board: ['board IT 2 for its company', 'Hopper Test @hoppertest'],
  can_get_members_of_organization: ['Hopper Test @hoppertest'],
  can_get_organization_of_board: ['board IT 2 for its company'],
  can_get_organizations_of_member: ['Hopper Test @hoppertest'],
  can_get_plugin_data_of_board: ['board IT 2 for its company'],
  can_move_a_card_to_another_board_with_specific_list: [
    'board IT 5 for its company',
    'list L2 at 131071',
    'card C2 ×2'
  ],
  can_move_a_card_to_another_board_without_specific_list: ['board IT 4 for its company', 'card C2 ×2'],
  can_move_a_card_to_another_list: ['list L3 at 196607', 'card C2 ×2'],
  can_move_all_cards_to_another_list: [
    'list L1 at 65535 ×2',
    'list L2 at 131071 ×2',
    'card Test Trello::Card.update!, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 1 ×2'
  ],
  can_remove_a_member_from_a_card: ['card C2, assigned to 1'],
  can_remove_an_attachment_on_a_card: ['card C2'],
  can_remove_an_upvote_on_a_card: ['card C2', 'Hopper Test @hoppertest ×2'],
  can_remove_label_on_a_card: ['card C2, labels 1', 'label orange “”'],
  can_success_add_comment_to_a_card: ['card C1, comments 1', 'comment “Hello, world!”'],
  can_success_copy_checklist_to_a_card: ['checklist 1/2', 'card C1, comments 2', 'checklist 0/2'],
  can_success_copy_checklist_to_a_card_without_name_pos: [
    'checklist 1/2',
    'card C1, checked 0/2, comments 2',
    'checklist 0/2'
  ],
  can_success_create_a_board: ['board IT 99 for its members'],
  can_success_create_a_board_with_full_parameters: ['board IT 100 for its company'],
  can_success_create_a_board_without_clone_from_other: ['board IT 101 for its company'],
  can_success_create_a_card: [
    'card Test Trello::Card.create, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 2, comments 1'
  ],
  can_success_create_a_card_when_due_is_datetime: ['card Test Trello::Card.create 3, due 2020-12-22T01:59:00.000Z'],
  can_success_create_a_card_when_due_is_time: ['card Test Trello::Card.create 2, due 2020-12-22T01:59:00.000Z'],
  can_success_create_a_checklist: ['checklist 0/0'],
  can_success_create_a_custom_field: ['field Started of type checkbox'],
  can_success_create_a_custom_field_option: ['option failed'],
  can_success_create_a_label: ['label green “Test”'],
  can_success_create_a_list: ['list L3 at 32767.5'],
  can_success_create_a_list_with_full_parameters: ['list L4 at 16383.75'],
  can_success_create_a_webhook: ['active webhook of 5fa759f1564c6e5bb803c61e to /webhook/trello_callbacks'],
  can_success_create_new_checklist_to_a_card: ['card C1, comments 2', 'checklist 0/0'],
  can_success_delete_a_custom_field_option: ['option failed', 'field State of type list, Initial, Pending, Approve'],
  can_success_delete_card: ['card C3'],
  can_success_delete_checklist: ['checklist 1/1', 'refused with 404'],
  can_success_get_card_of_board_by_card_id: ['board IT 1 for its company', 'card C1, checked 0/4, comments 2'],
  can_success_remove_member_from_board: ['board IT 2 for its company', 'Hopper Test @hoppertest'],
  can_success_return_all_boards_of_current_user: [
    'Hopper Test @hoppertest',
    'board IT 1 for its company',
    'board IT 2 for its company',
    'board IT 3 for its company',
    'board IT 4 for its company',
    'board IT 5 for its company',
    'board IT 99 for its members',
    'board ruby-trello for its members',
    'board test-2 for its members'
  ],
  can_success_upate_a_board: ['board IT 99 for its members ×2'],
  can_success_upate_a_card: ['card C2', 'card C2-changed'],
  can_success_upate_a_list: ['list L4 at 16383.75', 'list L4 - Changed at 16383.75 ×2'],
  can_success_update_bong_a_board: ['board IT 1 for its members', 'board IT 1 - Changed for its company ×2'],
  can_success_update_bong_a_board_with_specific_fields: [
    'board IT 1 for its company',
    'board IT 1 - Changed for its company ×2'
  ],
  can_success_update_bong_a_card: [
    'card C1',
    'card Test Trello::Card.update!, due 2020-12-22T01:59:00.000Z, assigned to 1, labels 1'
  ],
  can_success_update_bong_a_checklist_with_specific_fields: ['checklist 0/0 ×3'],
  can_success_update_bong_a_custom_field: ['field Started of type checkbox', 'field Started - Change of type checkbox'],
  can_success_update_bong_a_label: ['label green “Test”', 'label red “Test - Changed”'],
  can_success_update_bong_a_list: ['list L3 at 32767.5', 'list L3 - Changed at 20479.75'],
  can_success_update_bong_a_list_with_specific_fields: [
    'list L3 - Changed at 20479.75',
    'list L3 - Changed at 20479.75, archived ×2'
  ],
  can_success_update_bong_a_webhook: ['active webhook of 5fa759f1564c6e5bb803c61e to /webhook/trello_callbacks ×3'],
  can_upvote_on_a_card: ['card C2', 'Hopper Test @hoppertest ×2'],
  card_find_with_id_and_get_all_fields: ['card test, due 2020-04-26T12:56:00.000Z, assigned to 1'],
  card_find_with_id_and_get_specific_fields: ['a card set aside for its idBoard'],
  checklist_can_add_an_item: ['checklist 0/0', 'checklist 0/1'],
  checklist_can_update_the_item_state: ['checklist 0/1', 'checklist 1/1'],
  checklist_find_with_id_and_get_all_fields: ['checklist 0/4'],
  comment_delete: ["comment “why I can't get action”", 'refused with 404'],
  comment_find_with_id: ["comment “why I can't get action”"],
  custom_field_find_with_id_and_get_all_fields: ['field Finish of type checkbox'],
  custom_field_find_with_id_and_get_specific_fields: ['field Finish of type checkbox'],
  custom_field_item_save_1: ['value cool'],
  custom_field_item_save_2: [
    'card test',
    'value cool',
    'value 1',
    'value of option 5e68e8cf6b440a35fcc12af9',
    'value 2020-03-11T04:00:00.000Z',
    'value true',
    'value nice'
  ],
  custom_field_option_find_with_id: ['option Initial'],
  get_board_of_card: ['card C1, comments 1', 'board IT 1 for its company'],
  get_board_of_list: ['list L4 - Changed at 16383.75', 'board IT 3 for its company'],
  get_boards_of_member: [
    'Hopper Test @hoppertest',
    'board IT 1 - Changed for its company',
    'board IT 100 for its company',
    'board IT 101 for its company',
    'board IT 2 for its company',
    'board IT 3 for its company',
    'board IT 4 for its company',
    'board IT 5 for its company',
    'board IT 99 for its members',
    'board TTT for its members',
    'board ruby-trello for its members',
    'board test-2 for its members'
  ],
  get_check_item_states_of_card: ['card C2-changed, checked 1/2'],
  get_checklists_of_card: ['card C2-changed, checked 0/2', 'checklist 0/2'],
  get_cover_image_of_card: ['card C2-changed'],
  get_custom_field_items_of_card: ['card C1', 'value 2020-04-17T04:00:00.000Z', 'value 10'],
  get_list_of_card: ['card C2-changed, checked 1/2', 'list L1 at 65535'],
  get_lists: ['board ruby-trello for its members', 'list Things To Do at 1', 'list Doing at 2', 'list Done at 3'],
  get_members_of_card: ['card C2-changed, assigned to 1, checked 1/2', 'Hopper Test @hoppertest'],
  get_plugin_data_of_card: ['card C1'],
  get_voters_of_card: ['card C1', 'Hopper Test @hoppertest'],
  label_delete: ['label red “Test - Changed”', 'refused with 404'],
  label_find_with_id: ['label green “”'],
  list_find_with_id_and_get_all_fields: ['list L1 at 65535'],
  list_find_with_id_and_get_specific_fields: ['list L1 at 65535'],
  member_find_with_id_and_get_all_fields: ['Hopper Test @hoppertest'],
  member_find_with_id_and_get_specific_fields: ['hoppertest @hoppertest'],
  remove_upvote_on_a_card_when_have_not_voted: ['card C2', 'Hopper Test @hoppertest', 'refused with 400'],
  revote_on_a_card: ['card C2', 'Hopper Test @hoppertest ×3', 'refused with 400'],
  token_find_with_token_string: ['active webhook of 5e946acb3cc40322434c214e to /webhook/trello_callbacks'],
  webhook_delete: ['active webhook of 5fa759f1564c6e5bb803c61e to /webhook/trello_callbacks', 'refused with 404'],
  webhook_find_with_id: ['active webhook of 5fa759f1564c6e5bb803c61e to /webhook/trello_callbacks']
}

/** What stands in each sample of an answer, after its kind. */
export const SAMPLED: Record<string, [Kind, ...string[]]> = {
  BoardActions: [
    'action',
    'updateCard: due_changed',
    'updateCard: renamed',
    'updateCard: changed',
    'updateCard ×12',
    'updateCard: moved ×15',
    'moveListFromBoard ×2',
    'updateList ×13',
    'updateBoard ×2',
    'deleteCard: deleted',
    'addChecklistToCard: changed',
    'createList'
  ],
  Checklists: ['checklist', 'checklist 0/2 ×2'],
  GetBoardCardList: ['card', 'card Card 2, assigned to 1, labels 3, checked 0/4', 'card sasda'],
  GetBoardExample: ['board', 'board Customer Board 1 for its company'],
  GetCardExample: ['card', 'card Card 1qqqzzzsss'],
  GetCustomField: ['field', 'field TestCF of type list, Option1, Option2, Option 3 Space'],
  GetLabelsExample: [
    'label',
    'label green “Hello”',
    'label yellow_light “World”',
    'label yellow_light “Custom”',
    'label purple “”',
    'label orange “”',
    'label red “”',
    'label blue “”'
  ],
  GetListExample: ['list', 'list My List at 8192', 'list To Do at 16384', 'list Doing at 32768', 'list Done at 49152'],
  ListOfWebhooks: [
    'webhook',
    'active webhook of 63d128787441d05619f44dbe to /api/FunctionTrelloWebhookEndpointReceiver'
  ],
  Members: ['person', 'Rasmus @rasmus58348007'],
  'Objects/Board': ['board', 'board My Sample Board for its company'],
  'Objects/Card': ['card', 'card My Cool Card, due 2023-02-07T09:16:00.000Z'],
  'Objects/ReturnValueFromAddComment': ['action', 'comment “My first cool comment! @rasmus58348007 mention”']
}

/** What each delivery says is to be read again, and what happened to the card. */
export const DELIVERED: Record<string, [hint: string, ...events: string[]]> = {
  WebhookNotificationCard: ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  WebhookNotificationList: ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  WebhookNotificationMember: ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/AddAttachment': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/AddChecklist': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/AddLabel_Part1': ['task 63d387e699609c7f4bf0e0ce', 'labelled'],
  'WebhookEvents/AddLabel_Part2': ['task 63d387e699609c7f4bf0e0ce', 'labelled'],
  'WebhookEvents/AddLocation_part1': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/AddLocation_part2': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/AddMember': ['task 63d387e699609c7f4bf0e0ce', 'assigned to 63d1239e857afaa8b003c633'],
  'WebhookEvents/AddStartDate': ['task 63d387e699609c7f4bf0e0ce', 'start_changed to 2023-02-01T07:00:00.000Z'],
  'WebhookEvents/ChangeDueDate': [
    'task 63d387e699609c7f4bf0e0ce',
    'due_changed from 2023-02-02T21:52:00.000Z to 2023-02-06T21:52:00.000Z'
  ],
  'WebhookEvents/ChangeListName': ['project 63d128787441d05619f44dbe'],
  'WebhookEvents/ChecklistItemChecked': ['task 63daa5bdef6d121000749728', 'changed'],
  'WebhookEvents/DueReminderChange': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/MarkDueAsComplete': ['task 63daa5bdef6d121000749728', 'completed'],
  'WebhookEvents/MoveCardFromListToList': [
    'task 63d387e699609c7f4bf0e0ce',
    'moved from 63d9942f12260e27b257d067 to 63d128787441d05619f44dc6'
  ],
  'WebhookEvents/MoveCardHigher': ['task 63d387e699609c7f4bf0e0ce'],
  'WebhookEvents/MoveListRight': ['project 63d128787441d05619f44dbe'],
  'WebhookEvents/RemoveAttachment': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/RemoveChecklist': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/RemoveLabel_Part1': ['task 63d387e699609c7f4bf0e0ce', 'labelled'],
  'WebhookEvents/RemoveLabel_Part2': ['task 63d387e699609c7f4bf0e0ce', 'labelled'],
  'WebhookEvents/RemoveLocation_Part2': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/RemoveLocation_Part3': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/RemoveLocation_part1': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/RemoveMember': ['task 63d387e699609c7f4bf0e0ce', 'unassigned from 63d1239e857afaa8b003c633'],
  'WebhookEvents/RenameBoard': ['project 63d128787441d05619f44dbe'],
  'WebhookEvents/UpdateCardDescription': ['task 63d387e699609c7f4bf0e0ce', 'changed'],
  'WebhookEvents/UpdateCardDueDate': [
    'task 63d387e699609c7f4bf0e0ce',
    'due_changed from 2023-02-01T21:52:00.000Z to 2023-02-02T21:52:00.000Z'
  ],
  'WebhookEvents/UpdateCardTitle': ['task 63d387e699609c7f4bf0e0ce', 'renamed from new name to new name2']
}

/** The same of deliveries of which only the action was kept. */
export const ACTED: Record<string, [hint: string, ...events: string[]]> = {
  'attachment-add': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'attachment-delete': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'board-addmember': ['project 5387e0a7e10724f99ecd0766'],
  'board-close': ['project 55af0b659f5c12edf972ac2e'],
  'board-description': ['project 54c2f73c734b5b084777d1aa'],
  'board-name': ['project 54c2f73c734b5b084777d1aa'],
  'board-removemember': ['project 5387e0a7e10724f99ecd0766'],
  'board-reopen': ['project 55af0b659f5c12edf972ac2e'],
  'card-addmember': ['task 54e509bd0b982b2bece37f9d', 'assigned to 5582275285b9d6d4782f2fa4'],
  'card-archive': ['task 54d52579dbf95b843cc3beb0', 'archived'],
  'card-copy': ['task 55c35f230a80c98932396e9a', 'created to 550877bc0f2f2b9e95df6d87'],
  'card-cover': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'card-create': ['task 55906023892770637b766344', 'created to 5514564da07f76c2633f07f0'],
  'card-createfromcheckitem': ['task 559957f5257d760208340919', 'created to 53a0f471a8a73c0d276207e7'],
  'card-delete': ['deleted task 55130bdb964da5dac6c3eab3', 'deleted from 551307e6aebc354b0915fbe8'],
  'card-desc': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'card-due': ['task 55130bdb964da5dac6c3eab3', 'due_changed to 2015-06-10T15:00:00.000Z'],
  'card-email': ['task 55d720abd8f8897cc59dbfad', 'created to 557ff2cec82332e157ccbc17'],
  'card-list': ['task 550df104f244348fb46ce2b5', 'moved from 550def1c239fb24e102559c0 to 5514564da07f76c2633f07f0'],
  'card-movefromboard': ['task 558394a84f2ee2a284818385', 'left_project from 557ed574eed5d2ef57662dd1'],
  'card-movetoboard': ['task 558394a84f2ee2a284818385', 'moved to 557ed574eed5d2ef57662dd1'],
  'card-name': ['task 55130bdb964da5dac6c3eab3', 'renamed from instructions to instructions -'],
  'card-pos': ['task 5508799d59f7da156793acf4'],
  'card-removemember': ['task 54e509bd0b982b2bece37f9d', 'unassigned from 5582275285b9d6d4782f2fa4'],
  'checkitem-add': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checkitem-delete': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checkitem-edit': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checkitem-mark': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checklist-add': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checklist-copy': ['project 597f3c854baa6e43db4f07d7'],
  'checklist-delete': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'checklist-edit': ['project 54c2f73c734b5b084777d1aa'],
  'comment-add': ['task 55130bdb964da5dac6c3eab3', 'commented'],
  'comment-delete': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'comment-edit': ['task 55130bdb964da5dac6c3eab3', 'changed'],
  'customfielditem-update': ['task 65577f4852a41d24266ed328'],
  'label-add-uncolored': ['task 550df104f244348fb46ce2b5', 'labelled'],
  'label-add': ['task 550df104f244348fb46ce2b5', 'labelled'],
  'label-create': ['project 54c2f73c734b5b084777d1aa'],
  'label-delete': ['project 54c2f73c734b5b084777d1aa'],
  'label-remove': ['task 550df104f244348fb46ce2b5', 'labelled'],
  'label-update-color': ['project 54c2f73c734b5b084777d1aa'],
  'label-update-name': ['project 54c2f73c734b5b084777d1aa'],
  'list-archive': ['project 5387e0a7e10724f99ecd0766'],
  'list-create': ['project 5387e0a7e10724f99ecd0766'],
  'list-movefromboard': ['project 554bb4d091916721071b9400'],
  'list-movetoboard': ['project 5387e0a7e10724f99ecd0766'],
  'list-name': ['project 54c2f73c734b5b084777d1aa'],
  'list-pos': ['project 54c2f73c734b5b084777d1aa']
}

export const NEVER_READ: Record<string, string> = {
  'trello-dotnet-samplejson/Objects/StickersList.json': 'stickers say nothing about the work',
  'trello-rest-ruby-trello/can_success_create_a_organization.json': 'workspaces: the hub reads boards',
  'trello-rest-ruby-trello/can_success_update_bong_a_organization.json': 'workspaces: the hub reads boards',
  'trello-rest-ruby-trello/notification_find_with_id.json': 'notifications are their reader’s own',
  'trello-rest-ruby-trello/organization_find_with_id_and_get_all_fields.json': 'workspaces: the hub reads boards',
  'trello-rest-ruby-trello/organization_find_with_id_and_get_specific_fields.json': 'workspaces: the hub reads boards',
  'trello-webhooks-fiatjaf/checkitem-move': 'a note that no webhook comes',
  'trello-webhooks-fiatjaf/checkitem-move-between-checklists': 'a note that no webhook comes',
  'trello-webhooks-fiatjaf/checklist-move': 'a note that no webhook comes'
}

export const listed = (): string[] =>
  [
    ...Object.keys(EXCHANGED).map((name) => `${CASSETTES}/${name}.json`),
    ...Object.keys({ ...SAMPLED, ...DELIVERED }).map((name) => `${SAMPLES}/${name}.json`),
    ...Object.keys(ACTED).map((name) => `${ACTIONS}/${name}.json`),
    ...Object.keys(NEVER_READ)
  ].sort()

export const recorded = (): string[] => sharedFiles(FOLDER)
