import { describe, expect, it } from 'vitest'
import { splitOf } from '../find.ts'
import { meaningOfFolders } from './classes.ts'

const read = (...folders: string[]) =>
  Object.fromEntries(
    [...meaningOfFolders(folders, splitOf)].map(([folder, { label, split }]) => [
      folder,
      `${split ?? '-'}:${label ?? '-'}`,
    ]),
  )

describe('meaningOfFolders', () => {
  it('takes the folders of classes for labels, and those of splits for splits', () => {
    expect(read('cat', 'dog')).toEqual({ cat: '-:cat', dog: '-:dog' })
    expect(read('train/cat', 'train/dog', 'test/cat')).toEqual({
      'train/cat': 'train:cat',
      'train/dog': 'train:dog',
      'test/cat': 'test:cat',
    })
    expect(read('cat/train', 'cat/test', 'dog/train')['cat/test']).toBe('test:cat')
  })
  it('keeps a class that is called as a split is', () => {
    expect(read('train', 'tractor', 'bicycle')).toEqual({
      train: '-:train',
      tractor: '-:tractor',
      bicycle: '-:bicycle',
    })
    expect(read('train/train', 'train/boat', 'test/train')['test/train']).toBe('test:train')
  })
  it('finds no label where nothing tells apart', () => {
    expect(read('')).toEqual({ '': '-:-' })
    expect(read('cat')).toEqual({ cat: '-:-' })
    expect(read('train', 'test')).toEqual({ train: 'train:-', test: 'test:-' })
    expect(read('images')).toEqual({ images: '-:-' })
  })
  it('leaves out folders that all share, and those that only hold', () => {
    expect(read('Final_Training/Images/00000', 'Final_Training/Images/00001')).toEqual({
      'Final_Training/Images/00000': 'train:00000',
      'Final_Training/Images/00001': 'train:00001',
    })
    expect(read('train/n01/images', 'train/n02/images', 'val/images')).toEqual({
      'train/n01/images': 'train:n01',
      'train/n02/images': 'train:n02',
      'val/images': 'validation:-',
    })
  })
  it('takes folders for splits that stand beside one that only holds', () => {
    expect(read('Training/cat', 'Training/dog', 'Validation/cat', 'images/dev/dog')).toEqual({
      'Training/cat': 'train:cat',
      'Training/dog': 'train:dog',
      'Validation/cat': 'validation:cat',
      'images/dev/dog': 'validation:dog',
    })
  })
  it('names nested classes by their path, without tracks and sessions', () => {
    expect(read('vehicle/car', 'vehicle/truck', 'animal/dog')['vehicle/car']).toBe('-:vehicle/car')
    expect(read('stop/track_01', 'stop/track_02', 'yield/track_03')['stop/track_02']).toBe('-:stop')
  })
  it('takes the level with more names where two cross', () => {
    const sites = ['north', 'south'].flatMap(site => ['cat', 'dog', 'cow'].map(label => `${site}/${label}`))
    expect(read(...sites)['south/dog']).toBe('-:dog')
    const lights = ['cat', 'dog', 'cow'].flatMap(label => ['day', 'night'].map(light => `${label}/${light}`))
    expect(read(...lights)['dog/day']).toBe('-:dog')
    const cameras = ['cat', 'dog'].flatMap(label => ['cam1', 'cam2', 'cam3'].map(camera => `${label}/${camera}`))
    expect(read(...cameras)['dog/cam2']).toBe('-:dog')
  })
  it('labels what stands beside the classes as nothing', () => {
    expect(read('', 'cat', 'dog')).toEqual({ '': '-:-', cat: '-:cat', dog: '-:dog' })
  })
})
