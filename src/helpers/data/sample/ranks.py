"""The words of the sample reviews and their ranks in Keras's IMDB word index; a test compares them with it."""

_RANKS = """
the:1 and:2 a:3 of:4 to:5 is:6 in:8 it:9 i:10 this:11 that:12 was:13 as:14 for:15 with:16 movie:17 film:19
on:20 not:21 you:22 be:27 one:28 all:29 at:30 by:31 from:36 just:40 about:41 has:44 if:45 there:47 time:55
even:57 my:58 would:59 story:62 had:66 can:67 were:68 me:69 we:72 will:77 people:81 first:83 because:85
most:88 made:90 way:93 them:95 could:97 after:100 two:104 films:105 seen:107 never:112 acting:113 love:116
over:117 did:119 show:120 end:127 still:128 man:129 say:132 back:142 now:147 thing:152 work:154 before:156
funny:160 director:164 look:165 few:168 same:169 every:172 cast:174 us:175 quite:176 long:193 come:213
whole:223 music:225 script:226 minutes:231 last:233 day:248 hard:251 our:260 comes:263 looking:264 place:270
put:273 actor:281 said:298 takes:301 beautiful:304 house:310 night:311 half:317 war:322 second:330 used:340
home:341 short:343 line:344 boring:354 along:364 full:365 friends:366 camera:367 awful:370 tell:373 came:382
wonderful:386 live:409 dialogue:411 mother:449 lives:453 wanted:470 heart:480 lead:482 close:488 behind:493
hand:505 town:510 car:516 late:519 brilliant:527 hour:531 thinking:533 anyway:550 daughter:574 brother:594
annoying:613 hours:631 opening:633 mostly:666 call:680 silly:707 predictable:724 moving:725 ten:744 dull:750
red:764 sister:796 weak:812 third:837 whatever:842 sit:867 superb:894 open:908 ask:939 front:1008 flat:1032
wrote:1037 cold:1040 office:1049 convincing:1075 clever:1093 runs:1126 charming:1217 week:1266 door:1309
london:1313 train:1371 born:1444 paris:1447 students:1534 uncle:1694 station:1706 sat:1826 somebody:1840
eating:1886 bland:1901 delightful:1914 morning:1969 remembered:2029 window:2051 boat:2071 dreadful:2147
families:2163 warm:2269 saturday:2321 tedious:2329 hat:2401 texas:2447 rain:2514 friday:2550 bus:2644
sunday:2707 mexico:2710 china:2711 nine:3017 gripping:3130 italy:3166 horses:3233 month:3238 cousin:3239
tea:3381 row:3435 canada:3473 talked:3540 heat:3564 ticket:3599 neighbor:3605 poster:3759 coffee:4096
clumsy:4113 april:4321 wore:4359 march:4387 berlin:4453 taxi:4651 june:4692 spain:4998 bread:5372 russia:5418
soup:5769 papers:6803 wine:6806 july:7081 seats:7212 october:7446
"""

RANKS: dict[str, int] = {word: int(rank) for word, rank in (pair.split(":") for pair in _RANKS.split())}
