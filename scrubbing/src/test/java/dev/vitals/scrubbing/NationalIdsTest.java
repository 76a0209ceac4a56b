package dev.vitals.scrubbing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NationalIdsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-ssn | Here's my SSN: «512-44-3187»",
                "us-ssn | his social security number is «816-25-1400».",
                "us-ssn | «887-77-8700»",
                "us-ssn | in brackets («401-65-2093»)",
                "us-ssn | SSN «512 44 3187»",
                "us-ssn | SSN is «512.44.3187»",
                "us-ssn | {\"ssn\":\"«512443187»\"}",
                "us-ssn | user.socialSecurityNumber=«512443187»",
                "uk-nino | NINO «AB123456C»",
                "uk-nino | National Insurance number: «AB 12 34 56 C»",
                "uk-nino | «JG 103759 A»",
                "uk-nino | «AB-12-34-56-D»",
                "uk-nino | nino=«ab123456c»",
                "ca-sin | «130-692-544»",
                "ca-sin | SIN «130 692 544»",
                "ca-sin | {\"sin\":\"«130692544»\"}",
                "ca-sin | social insurance number: «046 454 286»",
                "es-dni | «12345678Z»",
                "es-dni | «12345678-Z»",
                "es-dni | «12.345.678-Z»",
                "es-dni | dni: «12345678z»",
                "es-dni | NIF «12345678 Z»",
                "es-dni | «X1234567L»",
                "es-dni | «X-1234567-L»",
                "es-dni | «Y7654321G»",
                "es-dni | «Z1234567R»",
                "es-dni | nie «x1234567l»",
                "it-codice-fiscale | codice fiscale «RSSMRA85T10A562S»",
                "it-codice-fiscale | «bnclra92e45h501c»",
                "it-codice-fiscale | \\n«VRDGPP80A01F205X»",
                "br-cpf | «529.982.247-25»",
                "br-cpf | {\"cpf\":\"«11144477735»\"}",
                "br-cpf | CPF «111444777-35»",
                "in-aadhaar | «2341 2341 2346»",
                "in-aadhaar | «4992-1867-2502»",
                "in-aadhaar | {\"aadhaar\":\"«499218672502»\"}",
                "cn-resident-id | «11010519491231002X»",
                "cn-resident-id | «11010519491231002x»",
                "cn-resident-id | id_card=«440308199001011239»"
            })
    void anIdIsFound(String kind, String text) {
        NumberCases.check(Kind.of(kind), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-12-3456",
                "666-12-3456",
                "900-12-3456",
                "999-12-3456",
                "512-00-3187",
                "512-44-0000",
                "512-44-31875",
                "1512-44-3187",
                "512-44-3187-1",
                "1-512-44-3187",
                "a512-44-3187",
                "id_512-44-3187",
                "512-44-3187a",
                "512 44 3187",
                "512.44.3187",
                "512443187",
                "the ssn table has 512443187512 rows",
                "BG123456A",
                "GB123456A",
                "DA123456A",
                "AO123456A",
                "AB123456E",
                "AB1234567C",
                "XAB123456C",
                "ab123456c",
                "130-692-545",
                "046-454-286",
                "830-692-541",
                "130 692 544 bytes",
                "130692544",
                "the sum of a sin 130692545",
                "12345678A",
                "12345678z",
                "112345678Z",
                "19060418L",
                "12345678ZZ",
                "X1234567A",
                "W1234567L",
                "RSSMRA85T10A562T",
                "RSSMRA85Z10A562S",
                "RSSMRA85T10A562SA",
                "ARSSMRA85T10A562S",
                "529.982.247-26",
                "1529.982.247-25",
                "111.111.111-11",
                "11144477735",
                "2341 2341 2347",
                "1341 2341 2346",
                "2341 2341 2346 1234",
                "1234 2341 2341 2346",
                "4e3c 2341 2341 2346",
                "2341 2341 2346 4e3c",
                "499218672502",
                "110105194912310021",
                "11010519491331002X",
                "99010519491231002X",
                "11010530491231002X",
                "1732224944123456789",
                "425700624281211981"
            })
    void noIdIsFound(String text) {
        NumberCases.check(Kind.US_SSN, text);
    }
}
