import type { Category } from '../task.ts'

/** What columns are called, by language and category, parted by `;`, as people decorate them. */
type Names = Partial<Record<Category, string>>

export const spoken: Record<string, Names> = {
  en: {
    backlog: `Backlog; Product Backlog; Backlog – Marketing; Ideas; Icebox; 💡 Ideas 💡; Someday; Deferred; Someday/Maybe; Wish-list`,
    todo: `To Do; To-Do; todo; TODO; Sprint Backlog; Sprint 12 Backlog; Ready for dev; Next up; This week; Today; 
      TODO after quasi-productivity; To do this week; 📋 To Do (5); "To do"; Not started; To Do:; To do!; 1. To Do; ToDo`,
    doing: `In Progress; 2) In Progress; in_progress; IN-PROGRESS; Doing (WIP 3); Doing [2/4]; Code Review; Testing; QA; In review;
      Testing & QA; QA/Testing; 🚧 In progress 🚧; Marketing: In progress; WIP; ＤＯＩＮＧ; *Doing*; in Progress; Review 3/5; QA (max 2);
      Ready for review; To review; Waiting for review; 👩‍💻 Doing 👩‍💻; 2️⃣ Doing; In – Progress; (b) Doing; Testing WIP 3`,
    blocked: `Waiting for client; On hold; Blocked; ⛔ BLOCKED ⛔; Waiting; On-Hold; Waiting for Maria; Blocked by legal team; 🛑 On hold (3)`,
    done: `Done; ✅ Done – week 3; Done 🎉; Done [WEEK 3/6-12]; Done (Sprint 12); Finished in March; Done 2024-03; Shipped; Released; Live;
      Closed; Completed; Published; Done!; Done this week; Week 3 – Done; Sprint 12 Done; Done Q3 2024; Review / Done; Done: March 2024;
      ~~Done~~; Shop 🚀 Done; ★ Done ★; Done.; [3] Done; iv. Done; 2024 Done; Closed (2023)`,
    dropped: `Won't do; Won’t do; Obsolete; Cancelled; Canceled 🗑️; Wontfix; Rejected; ❌ Duplicate`,
    reference: `Team Info; Resources; Templates; Read me; Info; ℹ️ Info; 📚 Resources; README; About this board`
  },
  es: {
    backlog: `Ideas; Backlog del producto; Algún día; 💡 Sugerencias`,
    todo: `Por hacer; POR HACER; Pendiente; 1. Pendientes; Lista de tareas; Sin iniciar; Esta semana; 📌 Por hacer (4); Por hacer esta semana`,
    doing: `En proceso; En curso; 03. En desarrollo; En progreso 🚀; Haciendo; En revision; En revisión; Pendiente de revisión; Diseño: en curso`,
    blocked: `Pausado; Bloqueado; En espera; ⏸ En pausa; Esperando a Juan`,
    done: `Hecho; Concluido; Terminado ✔; Finalizado (marzo); Completado; HECHO – Semana 3; Hecho en marzo; Listo`,
    dropped: `Cancelado; Descartados; Obsoleto`,
    reference: `Herramientas; Información; Recursos; Plantillas`
  },
  pt: {
    backlog: `Ideias; Backlog do produto; Sugestões; Caixa de entrada`,
    todo: `A fazer; Para fazer; 1) A Fazer; Não iniciado; Pendentes; Lista de tarefas; A FAZER – Sprint 3; Hoje; Próxima semana`,
    doing: `Em andamento; EM ANDAMENTO; Fazendo; Em progresso 🚀; Em desenvolvimento; Em execução; Em revisão; Em testes; [2] Em curso; Em QA`,
    blocked: `Bloqueado; Em espera; Pausado; Aguardando cliente; Aguardando o João; Impedimentos 🛑`,
    done: `Concluído; Concluido; Feito; Feito ✅; Finalizado; Finalizadas; Entregue; Concluído em março; Concluído (2024)`,
    dropped: `Cancelado; Descartado; Não fazer`,
    reference: `Informações; Ferramentas; Modelos; Links úteis`
  },
  fr: {
    backlog: `Idées; Boîte à idées; Backlog produit; Plus tard; Un jour peut-être`,
    todo: `À faire; ★ À faire ★; A faire; A FAIRE; Tâches à faire; Pas commencé; Cette semaine; Aujourd'hui; Aujourd’hui; À faire cette semaine; Liste des tâches`,
    doing: `En cours; EN COURS; En cours (3); 2. En cours; En cours de développement; En développement; En relecture; À valider; Site web : en cours; Revue de code`,
    blocked: `Bloqué; En attente; En pause; En attente du client; En attente de Marie; ⏳ En attente ⏳`,
    done: `Terminé; Terminée; Fait; Fini; ✔ Terminé; Terminé en mars; Terminé – semaine 12; Livré; Publié; Achevé`,
    dropped: `Annulé; Abandonné; Ne pas faire`,
    reference: `Infos; Outils; Ressources; Modèles; À lire`
  },
  de: {
    backlog: `Ideen; Themenspeicher; Irgendwann; Zurückgestellt; 💡 Ideen`,
    todo: `Zu erledigen; Zu tun; ZU TUN; Offen; Noch zu tun; Diese Woche; Heute; Als Nächstes; 1. Zu erledigen; To-Do-Liste; Zu erledigen diese Woche; Ausstehend`,
    doing: `In Arbeit; In Bearbeitung; in bearbeitung (3); In Umsetzung; In Entwicklung; In Prüfung; Zu prüfen; Im Test; [2] In Arbeit; Website: In Arbeit; In Überprüfung`,
    blocked: `Blockiert; Warten; Warten auf Kunden; Wartet auf Freigabe; Pausiert; ⏸ Angehalten; Warten auf Herrn Maier`,
    done: `Erledigt; Fertig; Abgeschlossen; ✅ Erledigt; Erledigt – KW 12; Fertig (März); Fertiggestellt; FERTIG!; Erledigt im März; Veröffentlicht`,
    dropped: `Verworfen; Abgebrochen; Abgelehnt`,
    reference: `Infos; Vorlagen; Werkzeuge; Notizen; Allgemeines`
  },
  it: {
    backlog: `Idee; Arretrato; Backlog di prodotto; Un giorno; Proposte`,
    todo: `Da fare; DA FARE; Cose da fare; 1) Da fare; Da iniziare; Questa settimana; Oggi; Da fare questa settimana; Prossimi; Non iniziato`,
    doing: `In corso; In lavorazione; IN CORSO; In esecuzione; In corso (3); In sviluppo; In revisione; Da verificare; In svolgimento; In fase di test; Sito: in corso`,
    blocked: `Bloccato; In attesa; In sospeso; In pausa; In attesa del cliente; In attesa di Paolo`,
    done: `Fatto; Completato; Finito; Concluso; ✅ Fatto; Completati – marzo; FATTO!; Pubblicato; Terminato (settimana 3); Fatti`,
    dropped: `Annullato; Scartati; Obsoleto`,
    reference: `Informazioni; Strumenti; Risorse; Modelli; Appunti`
  },
  nl: {
    backlog: `Ideeën; Ooit; Uitgesteld; Wensenlijst; Later`,
    todo: `Te doen; TE DOEN; Nog te doen; Takenlijst; Niet gestart; Deze week; Vandaag; 1. Te doen; Te doen deze week; Openstaand; Gepland`,
    doing: `Bezig; Mee bezig; In uitvoering; In behandeling; In ontwikkeling (2); Ter controle; Te testen; Klaar voor review; 🏃 Bezig; Website: mee bezig; Wordt aan gewerkt`,
    blocked: `Geblokkeerd; In de wacht; Wachten op klant; Wacht op Jan; Gepauzeerd`,
    done: `Klaar; Gereed; Afgerond; Voltooid; Gedaan; ✔ Klaar; Klaar – week 12; Afgerond in maart; Opgeleverd; KLAAR!`,
    dropped: `Geannuleerd; Vervallen; Afgewezen`,
    reference: `Informatie; Sjablonen; Notities; Handige links`
  },
  pl: {
    backlog: `Pomysły; Kiedyś; Rejestr produktu; Odłożone; Na później`,
    todo: `Do zrobienia; DO ZROBIENIA; 1. Do zrobienia; Lista zadań; Do wykonania; Nierozpoczęte; W tym tygodniu; Dzisiaj; Zaplanowane; Do zrobienia w tym tygodniu; Nowe`,
    doing: `W trakcie; W toku; W TRAKCIE; W realizacji; W trakcie (3); Do sprawdzenia; Do testów; W testach; W trakcie realizacji; Strona: w trakcie; Przegląd kodu`,
    blocked: `Zablokowane; Wstrzymane; Zawieszone; Czeka na klienta; Oczekiwanie na Annę`,
    done: `Zrobione; Gotowe; Ukończone; Zakończone; Wykonane; ✅ Zrobione; Zrobione – marzec; Zrobione w marcu; GOTOWE!; Wdrożone`,
    dropped: `Anulowane; Odrzucone; Nieaktualne`,
    reference: `Informacje; Szablony; Narzędzia; Notatki`
  },
  ru: {
    backlog: `Бэклог; Беклог; Идеи; Когда-нибудь; Отложено; 💡 Идеи`,
    todo: `Нужно сделать; Надо сделать; Сделать; К выполнению; Список дел; Не начато; На этой неделе; Сегодня; 1. Нужно сделать; Запланировано; НУЖНО СДЕЛАТЬ`,
    doing: `В процессе; В работе; В РАБОТЕ; В разработке; На проверке; Тестирование; Код-ревью; На тестировании (2); Сайт: в работе; Выполняется; В процессе 🚀`,
    blocked: `Заблокировано; На паузе; В ожидании; Приостановлено; Ждем ответа; Ждём ответа клиента; Ожидание клиента`,
    done: `Готово; Сделано; Завершено; Выполнено; ✅ Готово; Готово – март; Завершённые; Готово (неделя 3); ГОТОВО!; Опубликовано; Сделано в марте`,
    dropped: `Отменено; Отклонено; Неактуально`,
    reference: `Информация; Шаблоны; Инструменты; Полезные ссылки`
  },
  tr: {
    backlog: `Fikirler; Ertelendi; İstek listesi; Ürün iş listesi; Öneriler`,
    todo: `Yapılacak; Yapılacaklar; YAPILACAKLAR; YAPILACAK İŞLER; Başlanmadı; Bu hafta; Bugün; 1. Yapılacaklar; Sıradaki; Planlandı; Yapılacaklar – hafta 3`,
    doing: `Yapılıyor; Devam ediyor; Devam eden; İŞLEMDE; Geliştiriliyor; İncelemede; Test ediliyor; Devam ediyor (3); Site: devam ediyor; Üzerinde çalışılıyor; Testte`,
    blocked: `Beklemede; Engellendi; Askıda; Duraklatıldı; Müşteri bekleniyor`,
    done: `Tamamlandı; Yapıldı; Bitti; ✅ Tamamlandı; TAMAMLANDI; Bitenler; Tamamlandı (mart); Tamamlananlar; Yayınlandı; Bitti!`,
    dropped: `İptal; İptal edildi; Vazgeçildi; Reddedildi`,
    reference: `Bilgi; Kaynaklar; Şablonlar; Notlar`
  },
  ja: {
    backlog: `やりたいこと; バックログ; アイデア; いつかやる; 💡アイデア`,
    todo: `やること; 未着手; 未対応; 今日やること; 今週; 1. やること; 【やること】; やること（5）; ToDoリスト; 予定; 着手前`,
    doing: `作業中; 進行中; 対応中; [3] 進行中; 🚧作業中🚧; 実行中; レビュー中; 確認中; テスト中; 作業中（WIP 3）; 開発中; レビュー待ち`,
    blocked: `保留; 保留中; ブロック; 返信待ち; 待機中`,
    done: `完了; クローズ; 終了; 済み; ✅完了; 完了（3月）; 完了 第3週; やったこと; ﾘﾘｰｽ済み; 対応済み; 完了！`,
    dropped: `中止; キャンセル; やらない; 却下`,
    reference: `情報; 参考資料; メモ; テンプレート`
  },
  ko: {
    backlog: `백로그; 아이디어; 언젠가; 제품 백로그; 나중에`,
    todo: `할 일; 할일; 해야 할 일; 시작 전; 오늘 할 일; 이번 주; 1. 할 일; 📋 할 일 (5); 할 일 목록; 예정; 진행 예정`,
    doing: `진행 중; 진행중; 하는 중; 작업 중; 개발 중; 검토 중; 코드 리뷰; 테스트 중; 🚀 진행 중; 진행 중 (WIP 3); 웹사이트: 진행 중`,
    blocked: `보류; 보류 중; 대기 중; 차단됨; 답변 대기`,
    done: `완료; 완료됨; ✅ 완료; 완료 – 3주차; 끝; 한 일; 완료 (3월); 완료!; 종료; 해결됨; 배포 완료`,
    dropped: `취소; 취소됨; 폐기; 중단`,
    reference: `정보; 참고 자료; 템플릿; 공지사항`
  },
  zh: {
    backlog: `需求池; 想法; 点子; 產品待辦清單; 暂缓`,
    todo: `待办; 待辦; 待办事项; 待辦事項; 未开始; 未開始; 待处理; 一、待办; 1、待办; 【待辦】; 本周; 今日待辦; 待开发`,
    doing: `进行中; 進行中; [3] 進行中; 处理中; 處理中; 开发中; 测试中; 待审核; 待測試; 🚧进行中; 进行中（3）; 审核中`,
    blocked: `阻塞; 已暂停; 暫停; 搁置; 等待客户; 等待中`,
    done: `完成; 已完成; ✅ 已完成; 已完成（三月）; 已结束; 已結束; 搞定; 已上线; 已發布; 已完成 第3周; 完成!`,
    dropped: `已取消; 取消; 不做; 已放弃`,
    reference: `资料; 資料; 参考资料; 模板; 公告`
  },
  he: {
    backlog: `רעיונות; בקלוג; צבר משימות; בעתיד; 💡 רעיונות`,
    todo: `לביצוע; לעשות; משימות לביצוע; דברים לעשות; טרם התחיל; השבוע; היום; 1. לביצוע; 📋 לביצוע (5); רשימת משימות; מתוכנן`,
    doing: `בתהליך; בביצוע; בעבודה; בטיפול; בפיתוח; בבדיקה; לבדיקה; בְּתַהֲלִיךְ; 🚧 בתהליך; בתהליך (3); אתר: בתהליך`,
    blocked: `חסום; תקוע; בהמתנה; ממתין ללקוח; מוקפא`,
    done: `בוצע; הושלם; ✅ בוצע; הסתיים; סיימנו; נעשה; בוצע – שבוע 3; סגור; בוצע!; טופל`,
    dropped: `בוטל; מבוטל; לא לביצוע`,
    reference: `מידע; קישורים; תבניות; כלים`
  },
  ar: {
    backlog: `أفكار; الأعمال المتراكمة; مؤجل; لاحقا; 💡 أفكار`,
    todo: `للقيام به; قائمة المهام; للتنفيذ; لم يبدأ بعد; هذا الأسبوع; اليوم; 1. للتنفيذ; 📋 قائمة المهام (5); المهام القادمة; مخطط له`,
    doing: `قيد التنفيذ; جاري التنفيذ; جاري العمل; قيد العمل; قيد المراجعة; قيد الاختبار; قــيــد التنفيذ; قَيْد التنفيذ; 🚧 قيد التنفيذ; قيد الإنجاز; قيد الانجاز; الموقع: قيد التنفيذ`,
    blocked: `متوقف; معلق; قيد الانتظار; في انتظار العميل; بانتظار أحمد`,
    done: `تم; منجز; مكتمل; مكتملة; ✅ تم; تم الانتهاء; المهام المنجزة; المكتملة; تم الإنجاز; تم!; تم – أسبوع 3`,
    dropped: `ملغى; ملغاة; تم الإلغاء`,
    reference: `معلومات; الموارد; قوالب; ملاحظات`
  }
}

/** Releases, topics, people, pages, places, times: what no list of words should claim. */
export const sayingNothing = `
  Milestone 1a: Become production ready; Milestone 6: Improved frontend data usage; OLD: Planning; OLD; v1.2; Release 2.0; 2.0;
  case_in_legno.html; decking.html; PERSONE; ing. Andrea Redaelli; Meetingroom; Parents; Decking - Bozze; COSTRUZIONI - Rimosse;
  TETTI E SOLAI - Bozze; Marketing; Testing frameworks; Blocked users page; Ready-made meals; Review meeting notes; Ideas Ltd; Maria;
  Maria Fernandes; Q3 2024; Sprint 14; Week 12; KW 12; March 2024; 2024; Design; Bugs; Frontend; Backend; Todoist integration;
  Donegal office; Doing business in Spain; Done with Docker course; Wartungen; Open Source; Open – Source; Live events; Live 2024;
  Progress reports; Next.js; Next.js migration; To Do / Doing; Doing & Done; In progress / Closed; Web-Frontend (Ideas); Review (legal);
  Nextcloud; Today Show; Waitings; Shipping; Release notes; Closed captions; Plan B; Info session Berlin; Archive; Sales; Customers;
  Client portal; sd; ???; ---; 🎉; 🎉🎉🎉; 1.; (3); ; Undone; Abandone; Overdone; Doings; Prodotti; Corso di cucina; Curso de inglés;
  Fait divers; Arbeitsrecht; Klaartje; Готовка; 完了報告書; 進行表; 中止符; 待办公室; 进行曲; 완료보고서; بيت; בית; Hecho en México;
  Todo sobre mi madre; Doing nothing; Music`
  .split(';')
  .map((name) => name.trim())
