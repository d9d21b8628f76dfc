/**
 * Words that only say *when* or *how many*: "Done – week 3", "En cours (mars)", "Doing (WIP 3)". A part of a name made
 * of nothing else is decoration, and they may stand beside a strong phrase: "Finished in March".
 */

/** At least one of these (or a number) makes a time of the link words around it. */
export const TIME = `
  week, weeks, wk, month, months, day, days, year, years, quarter, sprint, sprints, iteration, today, tomorrow, yesterday, tonight, weekend,
  january, february, march, april, may, june, july, august, september, october, november, december,
  jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec,
  monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun,
  spring, summer, autumn, winter, wip, max, min, limit, cards,
  semana, semanas, mes, meses, día, dias, año, trimestre, hoy, mañana, ayer, enero, febrero, marzo, abril, mayo, junio, julio,
  agosto, septiembre, setiembre, octubre, noviembre, diciembre, lunes, martes, miércoles, jueves, viernes, sábado, domingo, límite,
  mês, dia, ano, hoje, amanhã, ontem, janeiro, fevereiro, março, maio, junho, julho, setembro, outubro, novembro, dezembro,
  segunda, terça, quarta, quinta, sexta, limite,
  semaine, semaines, mois, jour, jours, an, année, aujourd'hui, demain, hier, janvier, février, mars, avril, mai, juin, juillet, août,
  septembre, octobre, novembre, décembre, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche,
  woche, wochen, monat, tag, tage, jahr, quartal, heute, morgen, gestern, kw, januar, februar, märz, juni, juli, oktober, dezember,
  montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag,
  settimana, settimane, mese, mesi, giorno, giorni, anno, oggi, domani, ieri, gennaio, febbraio, aprile, maggio, giugno, luglio,
  settembre, ottobre, dicembre, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica,
  weken, maand, dag, dagen, jaar, kwartaal, vandaag, gisteren, januari, februari, maart, mei, augustus,
  maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag,
  tydzień, tygodniu, tygodnia, miesiąc, miesiącu, dzień, rok, roku, kwartał, dzisiaj, dziś, jutro, wczoraj, styczeń, luty, marzec,
  kwiecień, maj, czerwiec, lipiec, sierpień, wrzesień, październik, listopad, grudzień, styczniu, lutym, marcu, kwietniu, maju,
  czerwcu, lipcu, sierpniu, wrześniu, październiku, listopadzie, grudniu, sprincie,
  неделя, неделе, неделю, недели, месяц, месяце, день, год, году, квартал, сегодня, завтра, вчера, спринт, спринте, январь, февраль,
  март, апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь, январе, феврале, марте, апреле, мае, июне, июле,
  августе, сентябре, октябре, ноябре, декабре,
  hafta, haftası, ay, gün, yıl, çeyrek, bugün, yarın, dün, ocak, şubat, mart, nisan, mayıs, haziran, temmuz, ağustos, eylül, ekim,
  kasım, aralık,
  今日, 明日, 昨日, 今週, 来週, 先週, 今月, 来月, 先月, 今年, スプリント, 本周, 本週, 这周, 這週, 下周, 下週, 上周, 上週, 本月, 今天,
  明天, 昨天, 冲刺, 衝刺, 오늘, 내일, 어제, 주, 이번주, 다음주, 지난주, 이번달, 스프린트,
  שבוע, השבוע, חודש, החודש, היום, מחר, אתמול, שנה, ספרינט, ינואר, פברואר, מרץ, אפריל, מאי, יוני, יולי, אוגוסט, ספטמבר, אוקטובר,
  נובמבר, דצמבר,
  أسبوع, الأسبوع, شهر, الشهر, يوم, اليوم, غدا, أمس, سنة, يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر,
  نوفمبر, ديسمبر, سبرنت`

/** Small words that stand around a time and mean nothing alone. */
export const LINK = `
  this, next, last, past, the, in, on, of, for, since, by, until, during, to, from, through, and, no,
  esta, este, próxima, próximo, pasada, pasado, la, el, en, de, del, para, por, desde, hasta, y, a,
  essa, esse, passada, passado, na, no, nesta, neste, em, da, até,
  cette, ce, ci, prochaine, prochain, dernière, dernier, le, les, du, au, depuis, jusque, et,
  diese, dieser, diesen, dieses, nächste, nächster, letzte, letzter, im, am, bis, seit, für, und,
  questa, questo, prossima, prossimo, scorsa, scorso, il, di, nel, fino, per,
  deze, volgende, vorige, dit, van, tot, voor, w, we, tym, ten, przyszły, zeszły, od, na,
  в, на, эта, этой, следующая, следующей, прошлая, прошлой, за, до, с, и, bu, gelecek, geçen, 이번, 다음, 지난, 的, の, هذا, هذه, في`

/** "TODO after the launch": behind work that is still to be done, whatever follows these only says when. */
export const BEFORE_AFTER = `
  after, before, until, después, antes, depois, après, avant, nach, vor, dopo, prima, na, voor, po, przed, после, до, sonra, önce,
  بعد, قبل, אחרי, לפני`

/** Joins two phrases: "Testing and QA". */
export const AND = '&, and, or, y, o, e, ou, et, und, oder, en, of, i, lub, и, или, ve, veya'
