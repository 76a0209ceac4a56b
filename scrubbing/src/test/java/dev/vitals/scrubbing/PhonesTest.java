package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "«+14155552671»",
                "«+1 415-555-2671»",
                "«+1 415 555 2671» 99 left",
                "phone «+290 2222»",
                "«00 44 20 7946 0958»",
                "«+1 (415) 555-2671»",
                "«+1-415-555-2671x123»",
                "«+44 20 7946 0958»",
                "«+447911123456»",
                "«+44 (0)20 7946 0958»",
                "«+49 30 901820»",
                "«+49 (0)30 901820-11»",
                "«+4915123456789»",
                "«+33 6 12 34 56 78»",
                "«+33612345678»",
                "«+39 333 1234567»",
                "«+5511987654321»",
                "«+55 11 98765-4321»",
                "«+8613800138000»",
                "«+91 98765 43210»",
                "«+41446681800»",
                "«+34 912 345 678»",
                "«+353 1 234 5678»",
                "«+31-6-12345678»",
                "«+298 123456»",
                "«(+44) 20 7946 0958»",
                "(«+5511987654321»)",
                "«+44(0)2079460958»",
                "«+49-(0)176-12345678»",
                "phone «+290 22222»",
                "phone=«%2B4915123456789»&x=1",
                "«%2B4915123456789»",
                "{\"text\":\"a\\n«+4915123456789»\\nb\"}",
                "«0044 20 7946 0958»",
                "«0049 30 901820»",
                "«011 44 20 7946 0958»",
                "«001-748-088-2851x818»",
                "«001-748-088-2851»"
            })
    void anInternationalNumberIsFound(String text) {
        NumberCases.check(Kind.PHONE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«(415) 555-2671»",
                "«(415)555-2671»",
                "«415-555-2671»",
                "«415.555.2671»",
                "«1-800-555-0199»",
                "«1 (415) 555-2671»",
                "«415-555-2671x123»",
                "«415-555-2671 ext. 123»",
                "«415-555-2671, extension 123»",
                "«415-555-2671 ext: 12»",
                "«415-555-2671» ext",
                "«415-555-2671» (123 left)",
                "«200-555-2671»",
                "«415-200-2671»",
                "a,«415-555-2671»,b",
                "line\\n«(415) 555-2671»",
                "phone «090-142-5467»"
            })
    void aNorthAmericanNumberIsFound(String text) {
        NumberCases.check(Kind.PHONE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "They're not answering at «(88) 684-334»",
                "they're not answering at «785 8949»",
                "How can we reach you? You can call «73 448 266»",
                "You can call «33 93 31»",
                "Can someone call me on «0612345678»?",
                "Please call me at «2813882583»",
                "You can call «2813882583»",
                "reach me on «07911 123456» or at home on «020 7946 0958»",
                "Kontakt: «030 901820»",
                "Appelez-moi au «06 12 34 56 78»",
                "my number is «06-24312407»",
                "text me at «040 898 9331»",
                "Name: Jane\nPhone: «021-4006034»",
                "Phone:\n  «021-4006034»",
                "phone number «415 555 2671» is taken",
                "Phone: «02.27.96.63.08»",
                "Phone: «0431 19 97 94»",
                "{\"phone\":\"«0401234567»\"}",
                "phoneNumber=«0401234567»",
                "customer_mobile: «06-24312407»",
                "user.homePhone='«5552671»'",
                "Telefon: «0151 23456789»",
                "Tel. «030/901820»",
                "Tel: «089 998877-0»",
                "Tel: «089/998877-0»",
                "Tel. «(089) 998877-0»",
                "Tel: «089 998877-12»",
                "Fax «089 / 998877-0»",
                "Tel: «0170 / 1234567»",
                "Tel: «+49 89 / 998877-0»",
                "Tel: «040 898 9331» / «040 898 9332»",
                "Tel.«040 898 9331»",
                "Handy «0660 565 36 45»",
                "Rufnummer ist «0660 565 36 45»",
                "téléphone : «01 23 45 67 89»",
                "mon numéro de téléphone est le «01 23 45 67 89»",
                "móvil «612 345 678»",
                "TELÉFONO: «912 345 678»",
                "celular «(11) 4706-6184»",
                "telefone «(21) 0025-967»",
                "телефон «8 800 555 35 35»",
                "电话:«021-4006034»",
                "我的手机是«13800138000»",
                "Fax: «040 379 2455»",
                "sms to «0612345678» failed, phone unknown",
                "«078 6657 2626» office",
                "«51-16-34-25»-Office, then",
                "«3732695155»-Fax",
                "«2813882583» mobile",
                "tel. «040 898 9331», fax «040 898 9332»",
                "Phone: «040 898 9331» 12:30",
                "Phone: «040 898 9331» «040 898 9332»",
                "call me at «12345678» «040 898 9331»",
                "Phone: «040 898 9331» 2026-11-21",
                "Phone: «040 898 9331» 5 calls",
                "phone: «070-123 45 67»",
                "phone: «415-5552671» 23456",
                "phone: «040/8989331»/Berlin",
                "phone: «040.898.9331»- then",
                "phone: «040-8989331». Then",
                "phone: «040 8989331»- then",
                "phone: «040 898 9331» 12px",
                "phone: «040 898 9331x12»",
                "phone: «040 898 9331X12»",
                "phone: «7858949»",
                "phone: «491512345678901»",
                "phone: «491512345678901».",
                "phone: «12 34 5678»",
                "phone: «7858-9493»",
                "tel. «040.898.93.31»",
                "Phone: x], «0401234567»",
                "WhatsApp «0401234567»",
                "phoneApp «06-24312407»",
                "zPhone «0401234567» aPhone «0401234567»",
                "phone «12345678»%20",
                "phone «12345678»%20a",
                "phone «12345678» %20a",
                "«2813882583» mobile - then"
            })
    void aNationalNumberIsFoundWhereTheTextSaysThatItIsOne(String text) {
        NumberCases.check(Kind.PHONE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06-24312407",
                "040 898 9331",
                "02.27.96.63.08",
                "785 8949",
                "2813882583",
                "0401234567",
                "+1234567890",
                "+0200",
                "2026-11-21T21:35:44+0200",
                "a+14155552671",
                "x)+14155552671",
                "+35236450.6",
                "+1 415 555",
                "+999 123 456 789",
                "+4915123456789 ns",
                "+491512345678901234",
                "115-555-2671",
                "411-555-2671",
                "495-555-2671",
                "415-155-2671",
                "415-911-2671",
                "1415-555-2671",
                "415-555-26711",
                "415-555-2671-1",
                "12-415-555-2671",
                "a415-555-2671",
                "id_415-555-2671",
                "415-555-2671a",
                "415-555-2671_1",
                "7.415.555.2671",
                "415.555.2671.7",
                "$415-555-2671",
                "0044 2079 4609 5800",
                "0000 1234 5678",
                "00442079460958",
                "007.008.009.010",
                "415 555 2671",
                "a.415.555.2671",
                "+44-20-7946-09581",
                "0049 1234 5678",
                "phone 12-3-45678",
                "phone 12-34-56",
                "phone 1900-1999"
            })
    void withoutAWordItIsNone(String text) {
        NumberCases.check(Kind.PHONE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call took 1234567 ms",
                "call took 1 234 567 ms",
                "calls: 1234567",
                "call 1234567",
                "remote call 4155552671 failed",
                "callId=4155552671 contactId 7654321",
                "call to 1234567 failed",
                "call number 1234567",
                "remote call 10483756 failed",
                "contact 12345678 updated",
                "mobile client 10483756 connected",
                "phone request 1732224944 done",
                "phone 1732224944123 ms",
                "phone order 12345678",
                "phone 2026-11-21",
                "phone 21.11.2026",
                "phone 11/21/2026",
                "call at 2026-11-21 21:35:44",
                "call at 21:35:44.123",
                "phone 10.20.30.40",
                "phone 192.168.100.200",
                "phone app 10.12.345.67",
                "Chrome/124.10.6367.82 Mobile",
                "Chrome/120.0.6099.109 Mobile Safari/537.36",
                "phone support 2019-2026",
                "phones 1000000-1999999",
                "phone 20261121-213544",
                "phone 123 456,78 EUR",
                "phone: 12 345 678 bytes",
                "tel 1.2.3-SNAPSHOT",
                "1234567 mobile users",
                "12 345 678 calls",
                "dial timeout 5000",
                "phone 4bf92f3577b34da6",
                "mobile 123e4567-e89b-12d3-a456-426614174000",
                "phone=1732224944123456789",
                "phone\n\n0401234567",
                "see phone book\n12345678 entries",
                "office 10000-20000",
                "Phone: [phone] 0401234567",
                "we wrote a letter, then another one of the same, Phone: [phone] 0401234567",
                "invoice number 06-24312407",
                "my home 06-24312407",
                "look to me at 040 898 9331",
                "text 040 898 9331",
                "phone app\n06-24312407",
                "call some to 06-24312407",
                "can order 2813882583",
                "can call my 2813882583",
                "can my number 2813882583",
                "remote call 2813882583",
                "电话 widget 0401234567",
                "你话 0401234567",
                "phone 12345678%",
                "phone 12345678 €",
                "phone 12345678 $",
                "phone 12345678 £",
                "phone: 12345678 (ms)",
                "phone 12345678 - ms",
                "2813882583 mobile then",
                "089 / 998877-0",
                "089 998877-0",
                "x=0170%201234"
            })
    void whatOnlyStandsNearAWordIsNone(String text) {
        NumberCases.check(Kind.PHONE, text);
    }

    /** Each number is hidden by the one before it, until that is gone. */
    @Test
    void numbersThatHideEachOtherAreAllFoundAtOnce() {
        Scrubber scrubber = Scrubber.standard();
        String once =
                scrubber.scrub("phone=019 699 1/445399 11/445399 1/44539 1/488 88 303 6466 /46 /44539 1/488 88 303"
                        + " 6466 declined");

        assertThat(scrubber.scrub(once)).isEqualTo(once);
    }
}
