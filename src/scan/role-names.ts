import type { Role } from '../core/index.ts'

/** Usual names by role, most telling first; compared without case, spaces, `_` and `-`. */
export const usualNames: Readonly<Partial<Record<Role, readonly string[]>>> = {
  text: 'text sentence sentences tweet review reviewtext comment commenttext email mail message sms body content document doc post utterance caption headline description passage article input inputtext question query abstract title'.split(
    ' ',
  ),
  label:
    'label labels class category target sentiment spam isspam polarity y gold goldlabel stars rating score thumb thumbs feedback desirable intent topic toxic toxicity hate verdict classname classlabel labelname categoryname classid labelid categoryid finelabel coarselabel species breed diagnosis'.split(
      ' ',
    ),
  source:
    'source domain registrabledomain site website origin host publisher channel subreddit corpus datasource dataset datasetname'.split(
      ' ',
    ),
  actor:
    'actor user userid username author authorid annotator annotatorid worker workerid contributor reviewer reviewerid submitter handle account sender from editor revactor revuser revusertext'.split(
      ' ',
    ),
  time: 'time timestamp date datetime created createdat createdutc createdtime updatedat published publishedat postedat unixreviewtime fetchedat fetchtime crawldate crawltime crawledat warcdate editedat revtimestamp'.split(
    ' ',
  ),
  id: 'id uuid guid rowid exampleid docid documentid index idx key tweetid reviewid commentid revision revisionid revid'.split(
    ' ',
  ),
  split: 'split subset fold partition'.split(' '),
  prompt: 'prompt instruction instructions'.split(' '),
  response: 'response completion output answer'.split(' '),
  chosen: ['chosen'],
  rejected: ['rejected'],
  system: 'system systemprompt systemmessage'.split(' '),
  rater: ['rater', 'raterid'],
  item: 'item itemid page pagetitle articletitle'.split(' '),
  url: 'url uri link href imageurl pageurl sourceurl weburl warctargeturi targeturi originalurl'.split(' '),
  digest:
    'digest payloaddigest warcpayloaddigest sha256 sha512 sha1 md5 checksum contenthash hash contentsha1 contentsha256 revsha1 textsha1'.split(
      ' ',
    ),
  observed: 'observed observeddigest actualdigest'.split(' '),
  looks: 'looks phash simhash'.split(' '),
  observedLooks: ['observedlooks'],
  registered: 'registered registeredat registrationdate domainregistered'.split(' '),
}
