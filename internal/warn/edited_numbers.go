package warn

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// mostMoved is how many times larger or smaller a number may become before it is
// said: 0.5 put in place of 0.1 is five times, and *=0.5 would have been half.
const mostMoved = 5

// editedNumbers warns of numbers that an edit replaces by others of another order
// of magnitude: one warning for each case, variant or edit.
func (v *version) editedNumbers() {
	var owners []string
	paths, texts := map[string]string{}, map[string][]string{}
	for _, c := range v.Changes {
		times, ok := moved(c)
		if !ok || times < mostMoved && times > 1.0/mostMoved || c.By != byHand && !likeAFactor(c.After) {
			continue
		}
		if len(texts[c.By]) == 0 {
			owners, paths[c.By] = append(owners, c.By), c.Path
		}
		texts[c.By] = append(texts[c.By], fmt.Sprintf("%s from %s to %s (%s times as much)", c.Path, c.Before, c.After, words.Significant(times)))
	}
	for _, by := range owners {
		v.warn("edited number", paths[by], 0,
			"%s puts another number in place of one, and does not multiply it: %s. To multiply, write *= or {times: …}", owner(by), words.And(first(texts[by], 3)))
	}
}

// moved is how many times the old number the new one is, where both are numbers in
// the same unit and a person put the new one there.
func moved(c scenario.Change) (times float64, ok bool) {
	before, unit, isNumber := number(c.Before)
	after, sameUnit, alsoNumber := number(c.After)
	if c.Does != "" || !isNumber || !alsoNumber || unit != sameUnit || before.IsZero() || after.IsZero() {
		return 0, false
	}
	return after.Div(before).InexactFloat64(), true
}

// byHand is who makes an edit that does not stand in a file.
const byHand = "edit"

// likeAFactor reports whether a number is one that another is likely to be
// multiplied by. What a case or a variant of a file says is otherwise taken to be
// meant, since it stands beside its source.
func likeAFactor(text string) bool {
	n, _, ok := number(text)
	return ok && n.GreaterThanOrEqual(decimal.New(5, -2)) && n.LessThanOrEqual(decimal.New(5, 0))
}

// number reads a rate, a share or an amount. Percentages are made shares. Lengths of
// time and dates are none: a week for a year is plain to see.
func number(text string) (decimal.Decimal, string, bool) {
	body, isPercent := strings.CutSuffix(strings.TrimSpace(text), "%")
	n, err := decimal.NewFromString(strings.TrimSpace(body))
	if isPercent {
		n = n.Shift(-2)
	}
	return n, "", err == nil
}

// owner says who made a change.
func owner(by string) string {
	if by == byHand {
		return "an edit"
	}
	return quoted(by)
}
