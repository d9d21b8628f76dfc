import type { Words } from './words.ts'

export const tr: Words = {
  language: 'tr',
  strong: {
    backlog: `ürün iş listesi, ürün backlog, bekleme listesi, iş birikimi, istek listesi, bir gün, ertelendi,
      ertelenen, ertelenenler`,
    todo: `yapılacak, yapılacaklar, yapılacaklar listesi, yapılacak işler, yapılacak listesi, yapılması gerekenler,
      başlanmadı, başlamadı, başlanacak, henüz başlamadı, sprint iş listesi, geliştirmeye hazır, yapmam gerekenler,
      yapılacak görevler, görev listesi, sıradaki, sıradakiler, başlanmamış`,
    doing: `yapılıyor, devam ediyor, devam eden, devam edenler, devam eden işler, devam etmekte, sürüyor, süren işler,
      işlemde, işleniyor, üzerinde çalışılıyor, üzerinde çalışılanlar, çalışılıyor, geliştiriliyor, geliştirmede,
      geliştirme aşamasında, incelemede, inceleniyor, kontrolde, kontrol ediliyor, test ediliyor, testte,
      test aşamasında, kod inceleme, incelemeye hazır, teste hazır, test edilecek, kontrol edilecek, incelenecek,
      onay bekliyor, onayda, yayına hazır, inceleme bekliyor`,
    blocked: `engellendi, bloke, bloke edildi, bloklandı, beklemede, bekleniyor, askıda, askıya alındı, duraklatıldı,
      müşteri bekleniyor, müşteriden bekleniyor, müşteriden cevap bekleniyor, cevap bekleniyor, yanıt bekleniyor,
      durduruldu, tıkandı`,
    done: `yapıldı, tamamlandı, bitti, biten, bitenler, tamamlanan, tamamlananlar, tamamlanan işler, biten işler,
      bitirildi, bitmiş, tamam, sonuçlandı, tamamlanmış, yapılanlar, yapılan, yapılan işler`,
    dropped: `iptal, iptal edildi, iptal edilen, iptal edilenler, vazgeçildi, yapılmayacak, yapılmayacaklar,
      vazgeçilen`
  },
  weak: {
    backlog: `fikirler, fikir, öneriler, daha sonra, sonra, belki, gelecek, gelen kutusu, talepler, istekler, ileride,
      beyin fırtınası, fikir havuzu, havuz`,
    todo: `bugün, yarın, bu hafta, gelecek hafta, önümüzdeki hafta, haftaya, bu ay, sonraki, yeni, yeniler, açık,
      planlandı, planlanan, planlananlar, planlama, plan, görevler, atandı, kuyrukta, sırada, yakında, işler,
      öncelikli`,
    doing: `inceleme, kontrol, test, testler, doğrulama, geliştirme, aktif, başladı, başlandı, uygulama aşamasında,
      onay, gözden geçirme, kalite kontrol, çalışma, düzenleniyor`,
    blocked: 'bekleyen, bekleyenler, bekliyor, donduruldu, engel, engeller, durdu',
    done: `kapandı, kapatıldı, kapalı, yayınlandı, yayında, çözüldü, teslim edildi, canlıda, canlı, gönderildi,
      onaylandı ve bitti, düzeltildi`,
    dropped: 'reddedildi, geçersiz, kopya, çöp, çöp kutusu, silindi, gereksiz',
    reference: `bilgi, bilgiler, genel bilgi, genel bilgiler, araçlar, kaynaklar, şablonlar, şablon, notlar,
      bağlantılar, faydalı linkler, linkler, dokümanlar, dokümantasyon, belgeler, referanslar, talimatlar, kılavuz,
      beni oku, kurallar, kişiler, yardım, ekip`
  }
}
