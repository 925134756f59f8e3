"""The still pictures of the course, one function each; its name is the name of the file in `book/drawings/`.

The description of a picture is also its alternative text in the chapter that shows it.
"""

from __future__ import annotations

import itertools

from tools.draw.shapes import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, Drawing


def feedforward_and_loop() -> Drawing:
    d = Drawing(
        "A feedforward network beside a loop",
        """Above, a network with one slot for each place: the words not, bad, good stand in slots 1, 2 and 3, and
        three arrows with three different weights, W1, W2 and W3, lead to one hidden layer and on to the answer.
        Below, a loop: the same three words come one after the other as x_t through one weight w into one unit h_t, an
        arrow labelled u leads from the unit back to itself, and the answer is read off at the end.""",
        514,
    )
    words = ("not", "bad", "good")
    d.text(14, 24, "One weight for each place", 15, "start", bold=True)
    d.box(180, 104, 236, 34, BLUE)
    d.text(180, 104, "hidden layer")
    d.line([(180, 87), (180, 60)])
    d.text(190, 66, "answer", anchor="start")
    for i, (word, dashes) in enumerate(zip(words, ("", "7 5", "1.5 5"), strict=True)):
        x = 88 + 92 * i
        d.line([(x, 194), (x, 122)], ORANGE, 2.4, dashes)
        d.math(x + 9, 158, f"W_{i + 1}", anchor="start")
        d.box(x, 212, 76, 34)
        d.text(x, 212, word)
        d.text(x, 240, f"slot {i + 1}", 13)
    d.path("M14 264H346", GREY, 1, opacity=0.6)
    d.text(14, 290, "One weight for every place: a loop", 15, "start", bold=True)
    d.disc(180, 372, 27, BLUE)
    d.math(180, 372, "h_t", 20)
    d.line([(180, 345), (180, 318)])
    d.text(190, 324, "answer, at the end", anchor="start")
    d.path("M206 363C262 340 262 404 215 384", ORANGE, 2.4)
    d.head((206, 380.5), (215, 384), ORANGE)
    d.math(258, 372, "u", 20, "start")
    d.text(276, 372, "the memory", 13, "start")
    d.line([(180, 446), (180, 401)], ORANGE, 2.4)
    d.math(189, 424, "w", 20, "start")
    d.box(180, 464, 76, 34)
    d.math(180, 464, "x_t")
    d.text(180, 494, "first “not”, then “bad”, then “good”")
    return d


def loop_unrolled() -> Drawing:
    d = Drawing(
        "The loop, and the same loop laid out in time",
        """Above, the loop: x_t goes through the weight w into the unit h, and an arrow labelled u leads from the unit
        back to itself. Below, the same laid out in time: h_0 = 0, then three units h_1, h_2 and h_3 in a row. Each is
        fed by its word, not, bad or good, through w from below, and by the state on its left through u. The labels w
        and u are the same at every copy.""",
        414,
    )
    d.text(14, 24, "As a loop", 15, "start", bold=True)
    d.disc(180, 76, 27, BLUE)
    d.math(180, 76, "h", 20)
    d.path("M206 67C262 44 262 108 215 88", ORANGE, 2.4)
    d.head((206, 84.5), (215, 88), ORANGE)
    d.math(258, 76, "u", 20, "start")
    d.line([(180, 142), (180, 105)], ORANGE, 2.4)
    d.math(189, 126, "w", 20, "start")
    d.box(180, 160, 60, 34)
    d.math(180, 160, "x_t")
    d.path("M14 200H346", GREY, 1, opacity=0.6)
    d.text(14, 226, "The same loop, laid out in time", 15, "start", bold=True)
    xs = (128, 222, 316)
    d.math(36, 284, "h_0 = 0")
    for i, (x, word) in enumerate(zip(xs, ("not", "bad", "good"), strict=True)):
        start = 70 if i == 0 else xs[i - 1] + 28
        d.line([(start, 284), (x - 28, 284)], ORANGE, 2.4)
        d.math((start + x - 28) / 2, 270, "u", 20)
        d.disc(x, 284, 27, BLUE)
        d.math(x, 284, f"h_{i + 1}", 20)
        d.line([(x, 352), (x, 313)], ORANGE, 2.4)
        d.math(x + 9, 336, "w", 20, "start")
        d.box(x, 370, 66, 34)
        d.text(x, 370, word)
        d.text(x, 402, f"t = {i + 1}", 13)
    return d


def step_with_shapes() -> Drawing:
    d = Drawing(
        "One step with its shapes",
        """One step drawn as boxes whose sides are the sizes. A row x_t of shape (1, d) times a matrix W of shape (d, n)
        gives a row of shape (1, n). A row h_{t−1} of shape (1, n) times a square matrix U of shape (n, n) gives another
        row of shape (1, n). These two and the bias b of shape (n,) are added. The tanh of the sum is h_t, again a row
        of shape (1, n).""",
        420,
    )

    def block(x: float, y: float, w: float, h: float, name: str, shape: str, colour: str, dashes: str = "") -> None:
        d.box(x, y, w, h, colour, dashes, r=3)
        d.math(x, y, name, 18)
        d.text(x, y + h / 2 + 13, shape, 13)

    n, depth, thin = 92, 50, 28
    block(44, 58, depth, thin, "x_t", "(1, d)", GREY)
    block(150, 58, n, depth, "W", "(d, n)", ORANGE)
    block(300, 58, n, thin, "x_t W", "(1, n)", GREY)
    block(52, 190, n, thin, "h_{t−1}", "(1, n)", BLUE, "6 3")
    block(162, 190, n, n, "U", "(n, n)", ORANGE)
    block(300, 190, n, thin, "h_{t−1} U", "(1, n)", GREY)
    block(300, 282, n, thin, "b", "(n,)", ORANGE)
    block(52, 374, n, thin, "h_t", "(1, n)", BLUE, "6 3")
    for x, y in ((86, 58), (108, 190)):
        d.dot(x, y)
    for y in (58, 190):
        d.line([(216, y), (248, y)])
    for y in (120, 240):
        d.math(300, y, "+", 22)
    d.line([(300, 318), (300, 374), (106, 374)])
    d.math(204, 358, "tanh", 17)
    return d


def which_outputs() -> Drawing:
    d = Drawing(
        "Which inputs, which outputs",
        """Four small pictures of the same cell laid out in time. Many-to-one: four inputs, one output, at the last
        step. Many-to-many, one answer a step: four inputs, an output at each step. One-to-many: one input, at the
        first step, and an output at each of the four steps; a dashed arrow leads from each output back down to the
        input of the next step. Sequence to sequence: two inputs, then three outputs, the first of them at the step
        of the last input; each output but the last is the input of the next step.""",
        520,
    )
    pictures = (
        ("many-to-one", (0, 1, 2, 3), (3,), False, "a verdict on a review"),
        ("many-to-many", (0, 1, 2, 3), (0, 1, 2, 3), False, "a label for every word"),
        ("one-to-many", (0,), (0, 1, 2, 3), True, "a caption for a picture"),
        ("sequence to sequence", (0, 1), (1, 2, 3), True, "a translation"),
    )
    for number, (name, inputs, outputs, feeds_back, use) in enumerate(pictures):
        left, top = 182 * (number % 2), 258 * (number // 2)
        d.text(left + 88, top + 20, name, 14, bold=True)
        y, xs = top + 130, [left + 24 + 43 * step for step in range(4)]
        for step, x in enumerate(xs):
            d.box(x, y, 26, 34, BLUE)
            if step:
                d.line([(x - 29, y), (x - 14, y)], BLUE, 2)
            if step in inputs:
                d.line([(x, y + 56), (x, y + 18)])
                d.box(x, y + 68, 26, 22)
            if step in outputs:
                d.line([(x, y - 18), (x, y - 56)])
                d.disc(x, y - 68, 11, ORANGE)
                if feeds_back and step < 3:
                    side, below, after = x + 18, y + 40, xs[step + 1]
                    way = [(x + 11, y - 68), (side, y - 68), (side, below), (after, below), (after, y + 18)]
                    d.line(way, ORANGE, 1.8, "4 3", hops=[(side, y)])
        d.text(left + 88, y + 104, use, 13)
    return d


def embedding_lookup() -> Drawing:
    d = Drawing(
        "An embedding is a table",
        """Left, four codes under one another: 1 for the start of the review, 7 for very, 7 for very, 8 for good. In
        the middle, the table E with ten numbered rows and four columns. An arrow leads from each code to the row with
        its number, and from there to the right, where the chosen rows stand in the order of the codes: row 1, row 7,
        row 7 again, row 8. The shape goes from (4,) to (4, 4).""",
        388,
    )
    names = ("padding", "start", "unknown", "(free)", "the", "a", "film", "very", "good", "bad")
    codes = ((1, "start"), (7, "very"), (7, "very"), (8, "good"))
    looks = {1: (ORANGE, ""), 7: (GREEN, "6 3"), 8: (PURPLE, "2 3")}
    top, step, cell = 74, 26, 16
    d.text(40, 24, "codes", 15, bold=True)
    d.text(204, 24, "table", 15, "end", bold=True)
    d.math(210, 24, "E", 18, "start")
    d.text(318, 24, "vectors", 15, bold=True)

    def row(x: float, y: float, code: int) -> None:
        for column in range(4):
            strength = 0.1 + 0.75 * ((code * 37 + column * 53 + code * column * 19) % 11) / 10
            d.box(x + cell * column, y, cell, 20, BLUE, tint=strength, r=0)

    for code, name in enumerate(names):
        y = top + step * code
        d.text(181, y, f"{name}  {code}", 13, "end")
        row(198, y, code)
        if code in looks:
            colour, dashes = looks[code]
            d.box(198 + 1.5 * cell, y, 4 * cell + 7, 27, colour, dashes, 0, 3)
    for i, (code, name) in enumerate(codes):
        y, (colour, dashes), source = 100 + 62 * i, looks[code], top + step * code
        d.text(22, y - 22, name, 13, "start")
        d.box(34, y, 26, 26, colour, dashes)
        d.text(34, y, str(code))
        d.line([(47, y), (114, source + (0, -4, 4, 0)[i])], colour, 1.8)
        d.line([(258, source + (0, -4, 4, 0)[i]), (282, y)], colour, 1.8)
        row(293, y, code)
        d.box(293 + 1.5 * cell, y, 4 * cell + 7, 27, colour, dashes, 0, 3)
    d.math(40, 342, "(T)", 17)
    d.math(222, 342, "(V, d)", 17)
    d.math(317, 342, "(T, d)", 17)
    d.text(40, 366, "4 codes", 13)
    d.text(222, 366, "10 rows of 4", 13)
    d.text(317, 366, "4 rows of 4", 13)
    return d


def embedding_to_output() -> Drawing:
    d = Drawing(
        "From words to a probability",
        """Five columns for the five words this, film, was, not, bad, from below: the word, its code, a box labelled
        embedding that makes a vector x_t of it, and a box h_t of the recurrent layer. Arrows lead from each h_t to
        the next one on its right. Only the last one, h_5, leads up to a box Dense with a sigmoid, and from there to
        the probability p. The embedding is the same in all columns, and so is the recurrent layer.""",
        424,
    )
    words, codes = ("this", "film", "was", "not", "bad"), (14, 22, 16, 24, 78)
    xs = [104 + 55 * i for i in range(5)]
    last = xs[-1]
    d.math(last, 24, "p̂", 20)
    d.text(last - 14, 24, "probability of praise", 13, "end")
    d.line([(last, 72), (last, 39)])
    d.box(last, 93, 64, 42, PURPLE)
    d.text(last, 85, "Dense", 14)
    d.text(last, 102, "sigmoid", 13)
    d.line([(last, 170), (last, 115)])
    d.math(last - 8, 141, "h_5", 17, "end")
    for y, line in ((184, "recurrent"), (201, "layer"), (298, "embedding"), (370, "code"), (400, "word")):
        d.text(4, y, line, 13, "start")
    for i, (x, word, code) in enumerate(zip(xs, words, codes, strict=True)):
        d.box(x, 192, 38, 42, BLUE)
        d.math(x, 192, f"h_{i + 1}")
        if i:
            d.line([(x - 36, 192), (x - 20, 192)], BLUE, 2)
        d.line([(x, 279), (x, 214)])
        d.math(x + 6, 246, f"x_{i + 1}", 17, "start")
        d.box(x, 298, 40, 36, ORANGE, "6 4")
        for part in range(3):
            d.box(x - 11 + 11 * part, 298, 11, 14, ORANGE, tint=0.1 + (i * 5 + part * 4 + i * part) % 9 / 10, r=0)
        d.line([(x, 357), (x, 317)])
        d.text(x, 370, str(code), 14)
        d.text(x, 400, word, 14)
    return d


def units_and_timesteps() -> Drawing:
    d = Drawing(
        "Units and timesteps",
        """Five tall boxes side by side, one for each of the words this, film, was, not, bad: the hidden states h_1 to
        h_5. In each box four circles stand under one another, the four units. From every circle of a box a thin line
        leads to every circle of the next box: these are the sixteen numbers of U, the same between all boxes. An
        arrow labelled W comes up from each word. A bracket above counts five timesteps, a bracket on the left four
        units.""",
        404,
    )
    xs, ys = [76 + 62 * i for i in range(5)], [112 + 46 * i for i in range(4)]
    d.text(200, 22, "5 timesteps: one layer, drawn 5 times", 14)
    d.bracket((xs[0] - 22, 42), (xs[-1] + 22, 42))
    d.text(22, 172, "4", 14)
    d.text(22, 190, "units", 14)
    d.bracket((47, ys[-1] + 18), (47, ys[0] - 18), 6)
    for left, right in itertools.pairwise(xs):
        for one in ys:
            for other in ys:
                d.path(f"M{left + 12} {one}L{right - 12} {other}", GREEN, 1, opacity=0.75)
        d.math((left + right) / 2, 76, "U")
        d.head(((left + right) / 2 + 8, 90), ((left + right) / 2, 90), GREEN)
        d.path(f"M{(left + right) / 2 - 9} 90h10", GREEN, 2)
    for i, (x, word) in enumerate(zip(xs, ("this", "film", "was", "not", "bad"), strict=True)):
        d.box(x, 181, 34, 184, BLUE, r=10)
        for y in ys:
            d.disc(x, y, 11, BLUE, 0.4)
        d.math(x, 66, f"h_{i + 1}")
        d.line([(x, 330), (x, 275)], ORANGE, 2)
        d.math(x + 5, 304, "W", 17, "start")
        d.math(x, 344, f"x_{i + 1}")
        d.text(x, 374, word, 14)
    return d


def backward_pass() -> Drawing:
    d = Drawing(
        "The backward pass through time",
        """A chain from top to bottom: h_{t−1}, the sum a_t, h_t, the sum a_{t+1}, h_{t+1}. Solid arrows go down:
        through U from a state to the next sum, through tanh from a sum to its state; x_t and x_{t+1} enter the sums
        through W from the left. Dashed arrows go up beside them, each with its factor: from dh_{t+1} to da_{t+1}
        times 1 − h_{t+1} ⊙ h_{t+1}, from da_{t+1} to dh_t times U transposed, then the same for step t. The loss adds
        g_{t+1} and g_t at the states from the right. At each sum a box says what it adds to the gradients: x_t
        transposed times da_t to that of W, h_{t−1} transposed times da_t to that of U, da_t to that of b.""",
        596,
    )
    d.line([(10, 22), (42, 22)])
    d.text(50, 22, "forward", 14, "start")
    d.line([(160, 22), (128, 22)], ORANGE, 2, "6 4")
    d.text(168, 22, "backward, with its factor", 14, "start")
    x, ys = 118, (76, 186, 296, 406, 516)
    names = ("h_{t−1}", "a_t", "h_t", "a_{t+1}", "h_{t+1}")
    factors = ("· U^⊤", "⊙ (1 − h_t ⊙ h_t)", "· U^⊤", "⊙ (1 − h_{t+1} ⊙ h_{t+1})")
    for i, (y, name) in enumerate(zip(ys, names, strict=True)):
        summed = i % 2 == 1
        if summed:
            d.box(x, y, 64, 42, GREY)
        else:
            d.box(x, y, 64, 42, BLUE, r=21)
        d.math(x, y, name)
        if i:
            above = ys[i - 1]
            d.line([(x - 12, above + 22), (x - 12, y - 22)])
            d.math(x - 20, (above + y) / 2, "U" if summed else "tanh", 17, "end")
            d.line([(x + 12, y - 22), (x + 12, above + 22)], ORANGE, 2, "6 4")
            d.math(x + 22, (above + y) / 2 + (0 if summed else 6), factors[i - 1], 17, "start")
        if summed:
            now = "t" if i == 1 else "t+1"
            before = "t−1" if i == 1 else "t"
            d.math(22, y, f"x_{{{now}}}")
            d.line([(46, y), (85, y)])
            d.math(60, y - 14, "W", 17)
            d.line([(152, y), (175, y)], ORANGE, 2, "6 4")
            d.box(267, y, 180, 86, ORANGE, tint=0.1)
            d.math(184, y - 27, f"dW += x_{{{now}}}^⊤ da_{{{now}}}", 17, "start")
            d.math(184, y, f"dU += h_{{{before}}}^⊤ da_{{{now}}}", 17, "start")
            d.math(184, y + 27, f"db += da_{{{now}}}", 17, "start")
    for y, now in ((ys[2], "t"), (ys[4], "t+1")):
        d.line([(178, y), (152, y)], ORANGE, 2, "6 4")
        d.math(184, y, f"+ g_{{{now}}}", 18, "start")
        d.text(244, y, "from the loss", 13, "start")
    d.line([(x + 12, 54), (x + 12, 40)], ORANGE, 2, "4 3")
    d.line([(x - 12, 40), (x - 12, 54)])
    d.line([(x + 12, 562), (x + 12, 539)], ORANGE, 2, "6 4")
    d.line([(x - 12, 538), (x - 12, 562)])
    d.text(x, 578, "to and from step t + 2", 13)
    return d


def simple_rnn_and_lstm() -> Drawing:
    d = Drawing(
        "What a SimpleRNN and an LSTM carry from step to step",
        """Two chains of three steps, from top to bottom. On the left a SimpleRNN: one line, h, goes from each step to
        the next, and the same h leaves to the right of each step. On the right an LSTM: two lines go from each step
        to the next, h and, thicker, c; only h leaves to the right. x_1, x_2 and x_3 enter each step from the left.""",
        372,
    )
    ys = (92, 192, 292)
    for x, name, colour in ((84, "SimpleRNN", BLUE), (262, "LSTM", ORANGE)):
        two = name == "LSTM"
        d.text(x, 20, name, 15, bold=True)
        for i, y in enumerate(ys, 1):
            d.box(x, y, 76, 44, colour)
            d.text(x, y, "step", 14)
            d.math(x - 68, y, f"x_{i}")
            d.line([(x - 56, y), (x - 39, y)])
            d.line([(x + 39, y), (x + 58, y)], BLUE, 2)
            d.math(x + 72, y, f"h_{i}")
        for i, (above, below) in enumerate(itertools.pairwise((46, *ys, 338))):
            top, bottom = above + (22 if i else 0), below - (23 if i < len(ys) else 0)
            h = x + (18 if two else 0)
            d.line([(h, top), (h, bottom)], BLUE, 2)
            d.math(h + 9, (top + bottom) / 2, f"h_{i}", 16, "start")
            if two:
                d.line([(x - 16, top), (x - 16, bottom)], PURPLE, 4)
                d.math(x - 25, (top + bottom) / 2, f"c_{i}", 16, "end")
    d.text(84, 358, "one state", 14)
    d.text(262, 358, "two states", 14)
    return d


def _lstm(d: Drawing, blocks: str, note: str) -> Drawing:
    """Draw the LSTM as far as it is built: of the blocks i, f, c, o those that are named, each in its final place."""
    xs = dict(zip("ifco", (50, 136, 222, 308), strict=True))
    track, mix, shown, top, low = 62, 152, 176, 214, 286
    d.math(24, track - 22, "c_{t−1}")
    start = 8.0
    if "f" in blocks:
        d.line([(8, track), (xs["f"] - 12, track)], PURPLE, 3)
        start = xs["f"] + 12
    d.line([(start, track), (xs["c"] - 12, track)], PURPLE, 3)
    d.line([(xs["c"] + 12, track), (352, track)], PURPLE, 3)
    d.math(340, track - 22, "c_t")
    d.text(180, 20, note, 13)
    if "f" in blocks:
        d.line([(xs["f"], top), (xs["f"], track + 12)], ORANGE, 2)
        d.times(xs["f"], track)
    if "i" in blocks:
        hops = [(xs["f"], mix)] if "f" in blocks else []
        d.line([(xs["i"], top), (xs["i"], mix), (xs["c"] - 12, mix)], ORANGE, 2, hops=hops)
        d.line([(xs["c"], top), (xs["c"], mix + 12)], GREEN, 2)
        d.line([(xs["c"], mix - 12), (xs["c"], track + 12)], GREEN, 2)
        d.times(xs["c"], mix)
    else:
        d.line([(xs["c"], top), (xs["c"], track + 12)], GREEN, 2)
    d.plus(xs["c"], track)
    o = xs["o"]
    d.dot(o, track, PURPLE, 4)
    d.line([(o, track), (o, 97)], PURPLE, 2)
    d.box(o, 112, 56, 30, GREEN)
    d.math(o, 112, "tanh", 17)
    if "o" in blocks:
        d.line([(o, 128), (o, shown - 12)], GREEN, 2)
        d.line([(o, top), (o, shown + 12)], ORANGE, 2)
        d.times(o, shown)
        d.line([(o + 12, shown), (352, shown)], BLUE, 3)
    else:
        d.line([(o, 128), (o, shown), (352, shown)], BLUE, 3)
    d.math(342, shown - 18, "h_t")
    does = {
        "i": ("how much", "to write"),
        "f": ("how much", "to keep"),
        "c": ("what", "to write"),
        "o": ("how much", "to show"),
    }
    for name in blocks:
        x, gate = xs[name], name != "c"
        d.box(x, (top + low) / 2, 76, low - top, ORANGE if gate else GREEN, tint=0.14, r=7)
        d.math(x - (15 if gate else 20), top + 18, f"{name}_t" if gate else "c̃_t", 19)
        d.math(x + (18 if gate else 14), top + 18, "σ" if gate else "tanh", 17)
        d.text(x, top + 40, does[name][0], 13)
        d.text(x, top + 57, does[name][1], 13)
    h_bus, x_bus = 322, 352
    last = xs[blocks[-1]]
    d.line([(8, h_bus), (last - 14, h_bus), (last - 14, low + 1)], BLUE, 2)
    d.line([(26, 386), (26, x_bus), (last + 14, x_bus), (last + 14, low + 1)], INK, 2)
    for name in blocks[:-1]:
        x = xs[name]
        d.line([(x - 14, h_bus), (x - 14, low + 1)], BLUE, 2)
        d.dot(x - 14, h_bus, BLUE)
        d.line([(x + 14, x_bus), (x + 14, low + 1)], INK, 2, hops=[(x + 14, h_bus)])
        d.dot(x + 14, x_bus)
    d.math(26, 402, "x_t")
    d.math(5, h_bus + 15, "h_{t−1}", 17, "start")
    if "i" in blocks:
        d.disc(66, 404, 9, ORANGE)
        d.dot(66, 404, INK, 2.6)
        d.text(81, 404, "product, number by number", 13, "start")
    d.disc(298, 404, 9, GREY)
    d.path("M293.5 404h9M298 399.5v9", INK, 1.6)
    d.text(313, 404, "sum", 13, "start")
    return d


def lstm_track() -> Drawing:
    d = Drawing(
        "The LSTM being built, first stage: a track that only adds",
        """The cell state runs along the top from c_{t−1} to c_t through one sum. Below stands one tanh block, the
        candidate c̃_t, into which x_t and h_{t−1} go; it goes up into the sum. After the sum a branch goes down
        through tanh and leaves on the right as h_t.""",
        426,
    )
    return _lstm(d, "c", "the track: one sum")


def lstm_input_gate() -> Drawing:
    d = Drawing(
        "The LSTM being built, second stage: the input gate",
        """As in the first stage, and on the left a sigmoid block i_t, into which x_t and h_{t−1} go as well. It is
        multiplied with the candidate c̃_t, and the product goes up into the sum on the track.""",
        426,
    )
    return _lstm(d, "ic", "new: the input gate")


def lstm_forget_gate() -> Drawing:
    d = Drawing(
        "The LSTM being built, third stage: the forget gate",
        """As in the second stage, and between the input gate and the candidate a sigmoid block f_t. It goes up to a
        product on the track, through which the old cell state c_{t−1} passes before the sum.""",
        426,
    )
    return _lstm(d, "ifc", "new: the forget gate")


def lstm_cell() -> Drawing:
    d = Drawing(
        "The LSTM cell",
        """The cell state runs along the top from c_{t−1} to c_t: it passes a product with f_t, then a sum. Below
        stand four blocks in the order i, f, c, o; x_t and h_{t−1} go into each of them. The sigmoid block i_t is
        multiplied with the tanh block c̃_t, and the product goes up into the sum. The sigmoid block f_t goes up into
        the product on the cell state. After the sum a branch goes down through tanh to a product with the sigmoid
        block o_t; its result is h_t, which leaves on the right.""",
        440,
    )
    return _lstm(d, "ifco", "the track: products and sums, nothing squashed")


def four_blocks() -> Drawing:
    d = Drawing(
        "The weights of an LSTM layer in Keras",
        """Three arrays under one another: kernel, recurrent kernel, bias. Each is cut into four blocks of n columns,
        coloured and lettered from left to right i, f, c, o. The kernel has d rows, the recurrent kernel n rows, the
        bias one row; all three are 4n columns wide. In the bias the block of f is filled with ones, the other three
        with zeros.""",
        376,
    )
    left, width = 74, 66
    looks = (("i", ORANGE, "write"), ("f", PURPLE, "keep"), ("c", GREEN, "what"), ("o", BLUE, "show"))
    for k, (name, colour, word) in enumerate(looks):
        x = left + width * k + width / 2
        d.math(x, 18, name if name != "c" else "c̃", 20)
        d.text(x, 40, word, 13)
        d.box(x, 110, width - 4, 100, colour, tint=0.2, r=3)
        d.box(x, 234, width - 4, 100, colour, tint=0.2, r=3)
        d.box(x, 326, width - 4, 30, colour, tint=0.2, r=3)
        d.math(x, 110, f"W_{name}", 19)
        d.math(x, 234, f"U_{name}", 19)
        d.math(x, 326, "1" if name == "f" else "0", 17)
    d.bracket((62, 160), (62, 60), 6)
    d.bracket((62, 284), (62, 184), 6)
    d.math(44, 110, "d", 18, "end")
    d.math(44, 234, "n", 18, "end")
    d.text(left + 2 * width, 172, "kernel (d, 4n)", 13)
    d.text(left + 2 * width, 296, "recurrent kernel (n, 4n)", 13)
    d.text(left + 2 * width, 354, "bias (4n,), as Keras starts it", 13)
    return d


def gru_cell() -> Drawing:
    d = Drawing(
        "The GRU cell",
        """The state runs along the top from h_{t−1} to h_t: it is multiplied with z_t, then the candidate h̃_t,
        multiplied with 1 − z_t, is added. Below stand three blocks in the order z, r, h: two sigmoid blocks z_t and
        r_t, and the tanh block h̃_t. x_t goes into all three. h_{t−1} goes straight into z_t and r_t; on its way to
        the candidate it is multiplied with r_t first, and then with the matrix U_h.""",
        436,
    )
    z, r, reset, h = 58, 150, 217, 308
    track, mix, mid, top, low = 62, 140, 250, 214, 286
    d.text(180, 20, "the state: a weighted mean of old and new", 13)
    d.math(28, track - 22, "h_{t−1}")
    d.line([(8, track), (z - 12, track)], BLUE, 3)
    d.line([(z + 12, track), (h - 12, track)], BLUE, 3)
    d.line([(h + 12, track), (352, track)], BLUE, 3)
    d.math(344, track - 22, "h_t")
    d.line([(z, top), (z, track + 12)], ORANGE, 2)
    d.dot(z, mix, ORANGE)
    d.line([(z, mix), (149, mix)], ORANGE, 2)
    d.box(180, mix, 62, 32, ORANGE)
    d.math(180, mix, "1 − z_t", 17)
    d.line([(211, mix), (h - 12, mix)], ORANGE, 2)
    d.text(z + 18, track + 25, "keeps", 13, "start")
    d.text(h - 12, mix - 24, "takes new", 13, "end")
    d.line([(h, top), (h, mix + 12)], GREEN, 2)
    d.line([(h, mix - 12), (h, track + 12)], GREEN, 2)
    d.times(z, track)
    d.times(h, mix)
    d.plus(h, track)
    for x, name, colour, how, words in (
        (z, "z_t", ORANGE, "σ", ("how much", "to keep")),
        (r, "r_t", ORANGE, "σ", ("how much", "old to use")),
        (h, "h̃_t", GREEN, "tanh", ("what", "to write")),
    ):
        d.box(x, mid, 84 if x != h else 88, low - top, colour)
        d.math(x - (15 if x != h else 20), top + 18, name, 19)
        d.math(x + (20 if x != h else 16), top + 18, how, 17)
        d.text(x, top + 40, words[0], 13)
        d.text(x, top + 57, words[1], 13)
    h_bus, x_bus = 322, 352
    d.line([(r + 43, mid), (reset - 12, mid)], ORANGE, 2)
    d.line([(reset + 12, mid), (h - 45, mid)], BLUE, 2)
    d.math(reset + 28, mid - 16, "U_h", 17)
    d.line([(8, track), (8, h_bus), (reset, h_bus), (reset, mid + 12)], BLUE, 2)
    d.dot(8, track, BLUE, 4)
    d.line([(26, 386), (26, x_bus), (h, x_bus), (h, low + 1)], INK, 2)
    for x in (z, r):
        d.line([(x - 14, h_bus), (x - 14, low + 1)], BLUE, 2)
        d.dot(x - 14, h_bus, BLUE)
        d.line([(x + 14, x_bus), (x + 14, low + 1)], INK, 2, hops=[(x + 14, h_bus)])
        d.dot(x + 14, x_bus)
    d.times(reset, mid)
    d.math(26, 402, "x_t")
    d.disc(66, 404, 9, ORANGE)
    d.dot(66, 404, INK, 2.6)
    d.text(81, 404, "product, number by number", 13, "start")
    d.disc(298, 404, 9, GREY)
    d.path("M293.5 404h9M298 399.5v9", INK, 1.6)
    d.text(313, 404, "sum", 13, "start")
    return d


def reset_before_and_after() -> Drawing:
    d = Drawing(
        "The two places of the reset gate",
        """Two rows, each from h_{t−1} on the left to the candidate h̃_t on the right. Above, reset_after=False: h_{t−1}
        is multiplied with r_t, then goes through the matrix U_h, then x_t W_h + b_h is added, then tanh. Below,
        reset_after=True: h_{t−1} goes through U_h, then b'_h is added, then it is multiplied with r_t, then
        x_t W_h + b_h is added, then tanh.""",
        350,
    )
    for top, title, steps in (
        (0, "reset before the product with U", "rU+"),
        (176, "reset after the product with U (Keras's default)", "Ubr+"),
    ):
        y = top + 84
        d.text(180, top + 18, title, 13)
        d.math(20, y, "h_{t−1}", 18)
        xs = [74, 158, 240] if len(steps) == 3 else [72, 120, 166, 240]
        edge = 40.0
        for step, x in zip(steps, xs, strict=True):
            half = 20 if step == "U" else 12
            d.line([(edge, y), (x - half, y)], BLUE, 2)
            if step == "r":
                d.line([(x, y + 56), (x, y + 12)], ORANGE, 2)
                d.times(x, y)
                d.math(x, y + 70, "r_t")
            elif step == "U":
                d.box(x, y, 40, 34, GREEN)
                d.math(x, y, "U_h")
            else:
                d.line([(x, y + 56), (x, y + 12)], INK, 2)
                d.plus(x, y)
                d.math(x, y + 70, "b'_h" if step == "b" else "x_t W_h + b_h", 17)
            edge = x + half
        d.line([(edge, y), (268, y)], BLUE, 2)
        d.box(294, y, 50, 32, GREEN)
        d.math(294, y, "tanh", 17)
        d.line([(319, y), (336, y)], GREEN, 2)
        d.math(347, y, "h̃_t", 18)
    return d


def bidirectional() -> Drawing:
    d = Drawing(
        "Both directions",
        """Four columns for the words the, bow, and, shot. Each word's vector x_t goes up into two boxes. The lower
        boxes, the forward reader, hand their state to the right, from the first word to the last. The upper boxes,
        drawn dashed, the backward reader, hand theirs to the left, from the last word to the first. No arrow leads
        from one reader to the other. On top the two states of each column stand side by side: h_t is the forward half
        and the backward half.""",
        432,
    )
    xs, low, high, joined, half = [54 + 84 * i for i in range(4)], 256, 170, 74, 18
    for i, (x, word) in enumerate(zip(xs, ("the", "bow", "and", "shot"), strict=True)):
        now = str(i + 1)
        d.math(x, 30, f"h_{now}")
        d.box(x - half, joined, 36, 40, BLUE, r=3)
        d.box(x + half, joined, 36, 40, ORANGE, "6 3", r=3)
        d.vector(x - half, joined, "h", now)
        d.vector(x + half, joined, "h", now, left=True)
        d.line([(x - half, low - 21), (x - half, joined + 21)], BLUE, 2, hops=[(x - half, high)] if i else [])
        d.line([(x + half, high - 21), (x + half, joined + 21)], ORANGE, 2)
        d.box(x - half, low, 34, 40, BLUE)
        d.vector(x - half, low, "h", now)
        d.box(x + half, high, 34, 40, ORANGE, "6 3")
        d.vector(x + half, high, "h", now, left=True)
        d.line([((4 if i == 0 else xs[i - 1] - 1), low), (x - half - 18, low)], BLUE, 2)
        d.line([((356 if i == 3 else xs[i + 1] + 1), high), (x + half + 18, high)], ORANGE, 2)
        d.dot(x, 308)
        d.line([(x, 322), (x, 308), (x - half, 308), (x - half, low + 21)])
        d.line([(x, 308), (x + half, 308), (x + half, high + 21)], hops=[(x + half, low)] if i < 3 else [])
        d.math(x, 334, f"x_{now}")
        d.text(x, 360, word, 14)
    d.box(22, 391, 20, 16, BLUE, r=3)
    d.text(40, 391, "forward reader: starts at the first word", 13, "start")
    d.box(22, 415, 20, 16, ORANGE, "6 3", r=3)
    d.text(40, 415, "backward reader: starts at the last word", 13, "start")
    return d


def two_layers() -> Drawing:
    d = Drawing(
        "Two layers",
        """Three columns for the words not, bad, good, and two rows of boxes. In the lower row the states of layer 1,
        each fed by its word's vector from below and by the state on its left. An arrow leads from each of them up to
        the state of layer 2 above it, which is also fed by the state on its left. Only the last state of layer 2
        leads on to the answer. No arrow leads from a word to layer 2.""",
        404,
    )
    xs, rows = [122 + 90 * i for i in range(3)], {"1": 262, "2": 142}
    d.text(12, 142, "layer 2", 15, "start", bold=True)
    d.text(12, 262, "layer 1", 15, "start", bold=True)
    d.text(12, 202, "all states", 13, "start")
    d.text(12, 70, "last state only", 13, "start")
    d.text(302, 24, "answer", 14)
    d.line([(302, 119), (302, 40)])
    for i, (x, word) in enumerate(zip(xs, ("not", "bad", "good"), strict=True)):
        for layer, y in rows.items():
            d.box(x, y, 52, 44, BLUE if layer == "1" else GREEN, "" if layer == "1" else "6 3")
            d.math(x, y, f"h^{{({layer})}}_{i + 1}")
            colour = BLUE if layer == "1" else GREEN
            if i:
                d.line([(x - 63, y), (x - 27, y)], colour, 2)
                d.math(x - 45, y - 15, f"U^{{({layer})}}", 17)
            d.line([(x, y + 78 if layer == "1" else rows["1"] - 23), (x, y + 23)], ORANGE, 2)
            d.math(x + 6, y + 50 if layer == "1" else y + 60, f"W^{{({layer})}}", 17, "start")
        d.math(x, 354, f"x_{i + 1}")
        d.text(x, 382, word, 14)
    return d


def attention() -> Drawing:
    d = Drawing(
        "An encoder and a decoder with attention",
        """Below, the encoder: four states h_1 to h_4 in a row, each fed by its input and by the state on its left.
        Above, the decoder: a state s_{t−1} and, right of it, s_t. A box compares s_{t−1} with each of the four
        encoder states and turns the four scores, by softmax, into four weights α that add up to 1. Each encoder state
        is multiplied with its weight; the sum of the four, the context, goes into s_t, which gives the output y_t.
        The second weight is the largest, and its line is drawn the thickest.""",
        440,
    )
    xs, shares = [142 + 62 * i for i in range(4)], (0.1, 0.6, 0.2, 0.1)
    d.text(12, 20, "decoder", 15, "start", bold=True)
    d.text(12, 322, "encoder", 15, "start", bold=True)
    d.box(56, 74, 64, 44, GREEN)
    d.math(56, 74, "s_{t−1}")
    d.box(235, 74, 64, 44, GREEN)
    d.math(235, 74, "s_t")
    d.line([(4, 74), (23, 74)], GREEN, 2)
    d.line([(89, 74), (202, 74)], GREEN, 2)
    d.line([(268, 74), (352, 74)], GREEN, 2)
    d.line([(235, 51), (235, 34)])
    d.math(235, 18, "y_t")
    d.line([(235, 140), (235, 97)], INK, 2)
    d.text(246, 116, "context", 13, "start")
    d.box(56, 218, 88, 62, ORANGE)
    d.text(56, 206, "compare,", 13)
    d.text(56, 227, "softmax", 13)
    d.line([(56, 97), (56, 186)], GREEN, 2)
    d.line([(xs[-1], 270), (56, 270), (56, 250)], BLUE, 2)
    for i, (x, share) in enumerate(zip(xs, shares, strict=True)):
        d.line([(x, 322), (x, 230)], BLUE, 2)
        d.dot(x, 270, BLUE)
        start = 100 if i == 0 else xs[i - 1] + 12
        d.line([(start, 218), (x - 12, 218)], ORANGE, 2, "5 4")
        end = (235 + (x - 235) * 0.13, 164)
        d.path(f"M{x} 206L{end[0]:.1f} {end[1]}", INK, 1 + 9 * share)
        d.box(x, 344, 42, 44, BLUE)
        d.math(x, 344, f"h_{i + 1}")
        if i:
            d.line([(x - 41, 344), (x - 22, 344)], BLUE, 2)
        d.line([(x, 394), (x, 367)])
        d.math(x, 408, f"x_{i + 1}")
    for i, x in enumerate(xs):
        d.times(x, 218)
        d.math(x - 6, 246, f"α_{{t{i + 1}}}", 17, "end")
    d.plus(235, 152)
    return d


PICTURES = {
    make.__name__: make
    for make in (
        feedforward_and_loop,
        loop_unrolled,
        step_with_shapes,
        which_outputs,
        embedding_lookup,
        embedding_to_output,
        units_and_timesteps,
        simple_rnn_and_lstm,
        lstm_track,
        lstm_input_gate,
        lstm_forget_gate,
        lstm_cell,
        four_blocks,
        gru_cell,
        reset_before_and_after,
        bidirectional,
        two_layers,
        backward_pass,
        attention,
    )
}
