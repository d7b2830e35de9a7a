package plot

import (
	"cmp"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The title of a figure states what it finds, in one sentence without a full stop. Each
// chart has a function called found that makes it from the figures that are drawn, with
// the words of this file.

// How many signs a title has at most that fits on one line, and on one at half size too.
const (
	longest  = 92
	shortest = 72
)

// firstThatFits is the first of some titles, the fullest first, that is not too long; if
// all are, the last.
func firstThatFits(titles ...string) string { return firstWithin(longest, titles) }

// brief is the first of some titles that fits on one line at half size.
func brief(titles ...string) string { return firstWithin(shortest, titles) }

// onOneLine is the first of some titles that fits on one line at half size by the width of
// its letters, in a currency; if none does, the last.
func onOneLine(currency string, titles ...string) string {
	const share = 0.7 // of the width, for which half size is laid out
	scale := vg.Length(math.Sqrt(share))
	style := bold(lettering(15*scale, ink))
	for _, title := range titles {
		if style.Width(words.In(currency, title)) <= share*defaultWidth-32*scale {
			return title
		}
	}
	return titles[len(titles)-1]
}

func firstWithin(most int, titles []string) string {
	for _, title := range titles {
		if words.Width(title) <= most {
			return title
		}
	}
	return titles[len(titles)-1]
}

// roughly writes a probability in a title, in whole percent. What is not certain never
// reads as 0% or 100%.
func roughly(p montecarlo.ProbabilityOf) string {
	switch share := p.Probability; {
	case !p.Certain && (share == 0 || share == 1):
		return words.Chance(share, p.Replications, false)
	case share < 0.005:
		return "<1%"
	case share > 0.995:
		return ">99%"
	default:
		return words.Count(100*share) + "%"
	}
}

// certainly is what is said in bold, and in a title, of an event that is certain by
// arithmetic, or certain not to happen: bold never says 100% or 0%. It is empty for
// any other.
func certainly(p montecarlo.ProbabilityOf) string {
	switch {
	case p.Certain && p.Probability == 1:
		return "certain"
	case p.Certain && p.Probability == 0:
		return "impossible"
	}
	return ""
}

// boldly writes a probability in bold: "63.2%", "almost always", or "certain".
func boldly(p montecarlo.ProbabilityOf) string {
	if text := certainly(p); text != "" {
		return text
	}
	return often(p)
}

// often writes a probability, and in words what happens in all or none of the replications
// and is not certain.
func often(p montecarlo.ProbabilityOf) string {
	switch nearly(p) {
	case almostCertain:
		return "almost always"
	case veryUnlikely:
		return "almost never"
	}
	return likely(p)
}

// What is said after "is" of what happens in all or none of the replications and is not
// certain.
const almostCertain, veryUnlikely = "almost certain", "very unlikely"

// nearly is one of these, or empty.
func nearly(p montecarlo.ProbabilityOf) string {
	switch {
	case !p.Certain && p.Probability == 1:
		return almostCertain
	case !p.Certain && p.Probability == 0:
		return veryUnlikely
	}
	return ""
}

// span writes two texts as a range, or once if they are the same.
func span(low, high string) string {
	if low == high {
		return low
	}
	return low + " to " + high
}

// lowestHighest are the ends of some values, those that are no number left out. There
// must be one.
func lowestHighest(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// inCase says in a title of which case it is: "in the base case". It is empty for a
// programme without cases, and with many variants it is the case alone, which the subtitle
// has in full.
func inCase(v *scenario.Version) string {
	switch {
	case v.Name() == "":
		return ""
	case len(v.Layers) > 0:
		return "in this version"
	}
	return "in " + v.Phrase()
}

// inNamed says in a title of which of several cases it is, by the full name: "in the base
// case", "in medium + flat tariffs".
func inNamed(v *scenario.Version) string {
	if len(v.Layers) > 0 {
		return "in " + v.Label()
	}
	return inCase(v)
}

// theCase is a version as the subject of a title: "the base case".
func theCase(v *scenario.Version) string {
	switch {
	case v.Name() == "":
		return "the model"
	case len(v.Layers) > 0:
		return "this version"
	}
	return v.Phrase()
}

// after joins phrases with a space, those that are empty left out.
func after(phrases ...string) string {
	text := ""
	for _, phrase := range phrases {
		if phrase != "" && text != "" {
			text += " "
		}
		text += phrase
	}
	return text
}

// howLikely writes a probability after "is": "78% likely", "certain".
func howLikely(p montecarlo.ProbabilityOf) string {
	if sure := cmp.Or(certainly(p), nearly(p)); sure != "" {
		return sure
	}
	return roughly(p) + " likely"
}

// fromTo writes after "is" two probabilities as a range, the lower first: "50% to 89%
// likely", "up to 89% likely".
func fromTo(low, high montecarlo.ProbabilityOf) string {
	one, other := howLikely(low), howLikely(high)
	switch ends := [2]string{cmp.Or(certainly(low), nearly(low)), cmp.Or(certainly(high), nearly(high))}; {
	case one == other:
		return one
	case ends[0] == veryUnlikely && ends[1] == "":
		return "up to " + atMost(high.Probability) + " likely"
	case ends[1] == almostCertain && ends[0] == "":
		return "at least " + atLeast(low.Probability) + " likely"
	case nearly(low) != "" || nearly(high) != "":
		return "anything from " + one + " to " + other
	}
	return span(roughly(low), roughly(high)) + " likely"
}

// likelyTo writes a probability after "is" and before what may happen: "78% likely to",
// "certain not to".
func likelyTo(p montecarlo.ProbabilityOf) string {
	if p.Certain && p.Probability == 0 {
		return "certain not to"
	}
	return howLikely(p) + " to"
}

// namedCase is a version as the subject of a title beside others: "the base case", "medium +
// flat tariffs".
func namedCase(v *scenario.Version) string {
	if len(v.Layers) > 0 {
		return v.Label()
	}
	return theCase(v)
}
