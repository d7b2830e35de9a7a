package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// backtestNotes say how the errors of a backtest are to be read, and what they leave
// out, with the amounts.
func backtestNotes(b *calibrate.Backtest) []string {
	all := fitNotes(b)
	if len(originsOf(b)) > 1 {
		all = append(all, laterOrigins)
	}
	all = append(all, seenNote(b))
	all = append(all, leftOut(b)...)
	return append(all, backtestWarned(b)...)
}

const laterOrigins = "Later origins hold out quarters that earlier ones hold out too, and most children are paid for in several quarters, so the quarters are not independent tests."

// fitNotes say how the errors of fits are to be read.
func fitNotes(b *calibrate.Backtest) []string {
	all := []string{
		"Actual, modelled and error are of the quarters held out alone: modelled over actual, less 1. Single quarters: from the least to the largest error of one of them. Amounts are in £ as paid, and modelled ones are the central projection.",
		"Quarters inside: those whose payment lies in the 90% range of the replications at the fitted rates. These ranges cover chance alone, at these rates. They leave out what is not known of the rates, even where the file says how well they are known, and are too narrow.",
	}
	all = append(all, poorFits(b)...)
	return append(all, refusedFits(b)...)
}

// backtestWarned are the warnings about the version, and the cautions of its programme, of
// which most are of savings: the first sentence of each.
func backtestWarned(b *calibrate.Backtest) []string {
	var all []string
	for _, g := range warn.Versions(contract.Constant, []string{labelOf(b.Version, 1)}, b.Version) {
		all = append(all, g.String())
	}
	cut := false
	for _, caution := range b.Version.Programme.Cautions {
		first := firstSentence(caution)
		all, cut = append(all, "Caution: "+first), cut || first != caution
	}
	if cut {
		all = append(all, "Of each caution this is the first sentence: the page of the programme has them in full.")
	}
	return all
}

// seenNote says whether inputs had seen what was held out.
func seenNote(b *calibrate.Backtest) string {
	switch n := len(seenBy(b)); {
	case len(b.Fitted) == 0:
		return "The file does not say (with “fitted to”, beside a value) that any input of this version was fitted to what is published, so it is not known whether one had seen the quarters held out."
	case n == 0:
		return "No input of this version was fitted, by its file, to anything published after the first origin."
	default:
		return fmt.Sprintf("This is not a test on unseen payments: %s had been fitted to quarters that are held out here, and stand in a table below.", words.Plural(n, "input"))
	}
}

// seenMark says what the mark of a quarter that an input had seen means, and how many
// quarters are a test on unseen payments.
func seenMark(b *calibrate.Backtest) string {
	if len(b.Fitted) == 0 {
		return "Seen is empty: the file does not say of any input what it was fitted to."
	}
	var unseen []string
	for _, f := range b.Fits {
		for _, q := range f.Quarters {
			if name := q.Quarter.String(); f.Used && q.Held && !*seen(b, q.Quarter) && !slices.Contains(unseen, name) {
				unseen = append(unseen, name)
			}
		}
	}
	text := "Seen: an input of the file had been fitted to payments of this quarter or later, before any fit here (the table below)."
	if len(unseen) == 0 {
		return text + " No quarter is unseen, so none of these errors is a test on payments that nothing was fitted to."
	}
	return text + " The errors of quarters that are not seen are a test on payments that nothing was fitted to: " + words.And(unseen) + " alone."
}

// surelyPoor reports whether chance strays as far in less than that share of
// replications, with what n of them cannot tell added: two standard errors, or 3 in n
// where none did.
func surelyPoor(share float64, n int) bool {
	margin := 2 * math.Sqrt(share*(1-share)/float64(n))
	return share+max(margin, 3/float64(n)) < poor
}

// poor is how often chance must stray as far as what was paid for a fit to count as
// an explanation.
const poor = 0.05

// poorFits say where even the fit that is used does not explain the payments.
func poorFits(b *calibrate.Backtest) (all []string) {
	for _, f := range b.Fits {
		if f.Used && f.Stray != nil && surelyPoor(*f.Stray, b.Replications) {
			all = append(all, fmt.Sprintf("Up to %s none of the inputs explains the course of payments: with %s × %.4f a typical quarter is %s off, and chance alone is that far off in %s of replications. Something else changed, such as when children came, a price or when claims were made.",
				f.FittedTo, f.Input, f.Multiplier, words.Percent(f.Typical), words.Chance(*f.Stray, b.Replications, false)))
		}
	}
	return all
}

// refusedFits say, where none of the inputs asked for can be used, which other one
// is likelier.
func refusedFits(b *calibrate.Backtest) (all []string) {
	for _, origin := range originsOf(b) {
		if _, ok := usedAt(b, origin); ok {
			continue
		}
		note, likelier := fmt.Sprintf("Up to %s every input asked for is refused", origin), calibrate.Fit{Refused: true}
		for _, f := range b.Fits {
			if f.FittedTo == origin && !f.Refused && (likelier.Refused || f.Typical < likelier.Typical) {
				likelier = f
			}
		}
		if likelier.Refused {
			note += ", and no other explains the payments."
		} else {
			note += fmt.Sprintf(". Likelier is %s × %.4f, with a typical error of %s.", likelier.Input, likelier.Multiplier, words.Percent(likelier.Typical))
		}
		all = append(all, note)
	}
	return all
}

// leftOut say which published payments are used nowhere.
func leftOut(b *calibrate.Backtest) (all []string) {
	for _, group := range []struct {
		payments []model.QuarterAmount
		why      string
	}{
		{b.Granted, "a grant stood in place of claims"},
		{b.Derived, "the file derives or assumes the amount, such as a share of a claim for several quarters"},
	} {
		if len(group.payments) == 0 {
			continue
		}
		sum := 0.0
		var quarters []string
		for _, a := range group.payments {
			sum += a.Amount.InexactFloat64()
			quarters = append(quarters, a.Quarter.String())
		}
		all = append(all, fmt.Sprintf("Left out of every fit and every error: %s (%s), %s together, because %s.", words.Plural(len(quarters), "quarter"), words.And(quarters), words.Pounds(sum), group.why))
	}
	return all
}
