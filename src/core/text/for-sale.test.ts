import { describe, expect, it } from 'vitest'
import { isForSale } from './for-sale.ts'

describe('a page that sells domains', () => {
  it.each([
    'example.com\nThis domain name is for sale!',
    'Buy this domain. The owner of example.com is offering it for sale for an asking price of 500 EUR!',
    'Die Domain example.de steht zum Verkauf.',
    'The domain example.com is now for sale',
    'Ce nom de domaine est à vendre',
    'Le domaine example.fr est à vendre',
    'El dominio example.es está en venta',
    'Este dominio está en venta',
    'Este domínio está à venda.',
    'Dit domein is te koop',
    'Satılık alan adı\nexample.com alan adı satılıktır.',
    'Домен example.ru продаётся',
    '该域名正在出售',
    'このドメインは販売されています',
    '이 도메인은 판매 중입니다',
    'This Web page is parked FREE, courtesy of a registrar',
  ])('is told by %s', text => expect(isForSale(text)).toBe(true))
  it.each([
    'A house is for sale in our domain of interest.',
    'Public domain works are free to use.',
    'Parked cars in the street',
    `${'A long article about the trade in names. '.repeat(200)} This domain is for sale.`,
    '',
  ])('is not %s', text => expect(isForSale(text)).toBe(false))
})
