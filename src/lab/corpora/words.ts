/** Words of the review generator, most usual first: the generator draws them with Zipf's law. */
export const words = {
  thing:
    'phone,blender,lamp,jacket,kettle,camera,tent,chair,keyboard,mattress,heater,backpack,speaker,drill,printer,bike,watch,oven,mower,desk,headset,router,toaster,pan,bottle,monitor,charger,vacuum,grill,clock,scale,helmet,fan,mixer,shaver,ladder,hose,stroller,projector,guitar,scanner,freezer,saw,tripod,humidifier,boots,sandals,raincoat,sleeping bag,coffee maker,rice cooker,board game,screwdriver set,picture frame,dog bed,cat tree,bird feeder,garden shed,pressure washer,sewing machine'.split(
      ',',
    ),
  aspect:
    'price,battery,quality,size,screen,sound,design,delivery,packaging,colour,handle,motor,cable,manual,fabric,button,weight,finish,lid,zip,software,app,fit,support,material,stand,filter,seam,lens,strap,hinge,plug,smell,speed,grip,warranty,menu,pump,blade,base,switch,coating,stitching,remote,display,noise level,build,setup,customer service,instruction sheet'.split(
      ',',
    ),
  good: 'great,good,solid,excellent,nice,perfect,lovely,fantastic,impressive,sturdy,amazing,superb,wonderful,reliable,smooth,quiet,beautiful,brilliant,comfortable,handy,pleasant,outstanding,flawless,crisp,generous,sharp,elegant,responsive,gorgeous,bright,clever,spotless,delightful,rugged,dependable,neat,effortless,snug,tidy,first rate'.split(
    ',',
  ),
  bad: 'bad,poor,cheap,terrible,weak,flimsy,awful,useless,disappointing,broken,faulty,horrible,noisy,slow,ugly,fragile,annoying,sloppy,unreliable,dreadful,clumsy,wobbly,defective,misleading,scratched,leaky,crooked,dim,brittle,stiff,shoddy,pathetic,dull,rusty,lousy,blurry,bulky,greasy,overpriced,second rate'.split(
    ',',
  ),
  plain:
    'small,big,black,white,heavy,light,standard,usual,simple,plain,medium,large,thick,thin,grey,long,short,wide,narrow,round'.split(
      ',',
    ),
  person:
    'wife,husband,son,daughter,brother,sister,friend,neighbour,mother,father,boss,colleague,partner,cousin,aunt,grandson,flatmate,uncle,niece,nephew'.split(
      ',',
    ),
  when: 'last week,in march,two months ago,for christmas,yesterday,last summer,a year ago,on sale,in june,for my birthday,after the old one died,before the holidays,during the move,in a hurry,this spring,on a tuesday,last autumn,on a whim,for a trip,in october'.split(
    ',',
  ),
  place:
    'kitchen,office,garage,living room,garden,car,bedroom,workshop,hallway,basement,balcony,bathroom,attic,campsite,boat,studio,classroom,shed,caravan,shop'.split(
      ',',
    ),
  shop: 'the shop,amazon,the outlet,a local store,their website,the market,a reseller,the warehouse,an auction,the catalogue'.split(
    ',',
  ),
  maker:
    'norvik,halden,tessaro,brightwell,okami,lumera,kestrel,dunmore,verano,silvan,altona,marlow,quillon,ferrum,castell,ondine,ravel,sunder,tamsin,ulmer'.split(
      ',',
    ),
  degree:
    'very,really,quite,so,pretty,rather,extremely,surprisingly,fairly,a bit,truly,somewhat,incredibly,absolutely,unusually'.split(
      ',',
    ),
  use: 'cooking,travel,work,camping,school,running,painting,cleaning,reading,gaming,fishing,hiking,baking,sewing,commuting,studying,yoga,gardening,filming,parties'.split(
    ',',
  ),
  unit: 'days,weeks,months,hours,minutes,years'.split(','),
} as const

/** Sentences by what they say of the thing. A word in braces is drawn from the list of that name. */
export const sentences = {
  opening: [
    'I bought this {thing} {when}',
    'Bought the {maker} {thing} {when} from {shop}',
    'My {person} gave me this {thing}',
    'We needed a {plain} {thing} for the {place}',
    'Got this {when} for {use}',
    'Ordered two of these {thing}s from {shop}',
    'This is my {number}th {thing}',
    'I have had the {maker} for {number} {unit} now',
    'Picked it up at {shop} {when}',
    'I was looking for a {thing} for {use}',
    'Used it for {use} in the {place}',
    'My old {thing} gave up {when}',
    'Not sure what to say about this {thing}',
    'After {number} {unit} of {use} here is my view',
  ],
  good: [
    'the {aspect} is {degree} {good}',
    'it has a {good} {aspect} and a {good} {aspect}',
    'I love the {aspect}',
    'the {aspect} feels {good}',
    'works {degree} well for {use}',
    'my {person} is happy with the {aspect}',
    'no trouble with the {aspect} after {number} {unit}',
    '{good} {aspect} for the price',
    'would buy from {maker} again',
    'the {aspect} is better than on my old {maker}',
    'it does {use} without any fuss',
    'I was surprised how {good} the {aspect} was',
    'everyone in the {place} likes it',
    'you will not regret this {thing}',
  ],
  bad: [
    'the {aspect} is {degree} {bad}',
    'it has a {bad} {aspect} and a {bad} {aspect}',
    'I hate the {aspect}',
    'the {aspect} feels {bad}',
    'stopped working after {number} {unit}',
    'my {person} complained about the {aspect}',
    'the {aspect} broke within {number} {unit}',
    '{bad} {aspect} for the price',
    'would never buy from {maker} again',
    'the {aspect} is worse than on my old {maker}',
    'sent it back to {shop}',
    'I expected more than this {bad} {aspect}',
    'it fell apart in the {place}',
    'do not waste your money on this {thing}',
  ],
  plain: [
    'the {aspect} is {plain}',
    'it sits in the {place} most of the time',
    'it came in a {plain} box',
    'the {aspect} took {number} {unit} to get used to',
    'we use it for {use} and sometimes for {use}',
    'it is the {plain} one with the {plain} {aspect}',
    '{maker} and {maker} make similar ones',
    'my {person} has the same {thing}',
    'I read the {aspect} part of the manual twice',
    'it was delivered to the {place} {when}',
    'the {maker} {thing} costs {number} more',
    'you can put it next to a {thing}',
  ],
} as const

/** Joins between sentences. */
export const joints = ['. ', '. ', '. ', ', ', ' and ', ' but ', '! ', '... ', ' because '] as const
