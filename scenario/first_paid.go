package scenario

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// ordinal is a place in a row, counted from 1: 4th.
var ordinal = regexp.MustCompile(`^([0-9]{1,9})(st|nd|rd|th)$`)

// firstPaid reads the term that says from when on is paid, in whichever of its two
// words the file has: first payable week, which counts from 0, or first week paid,
// which counts from 1 as most contracts do.
func (f fields) firstPaid(term contract.Term) {
	number, unit, read := term.Weeks, "week", cursor.weeks
	if term.Months != nil {
		number, unit, read = term.Months, "month", cursor.months
	}
	fromZero, fromOne := f.may(term.Name), f.may(term.FromOne)
	_, counted := f.has(term.Name)
	_, placed := f.has(term.FromOne)
	switch {
	case counted && placed:
		fromOne.fault("%s says this already, counted from 0: keep one of the two", quote(term.Name))
	case placed:
		*number = max(1, value(fromOne, want{"a place counted from 1", "1st or 4th"}, parsePlace)) - 1
	case counted:
		*number = read(fromZero)
	case f.mistyped[term.FromOne]:
		f.d.mark(fromZero.path)
	default:
		f.need(term.Name, want{
			fmt.Sprintf("the %ss after the start, 0 for the %s of the start itself, or write %s: 1st, which is the same", unit, unit, term.FromOne), "",
		})
	}
}

// parsePlace reads 4th, or 4, where the first is 1.
func parsePlace(text string, w want) (int, error) {
	text = strings.TrimSpace(text)
	digits := text
	if parts := ordinal.FindStringSubmatch(text); parts != nil {
		digits = parts[1]
	}
	place, err := parseCount(digits, w)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%s is not %s: write one such as 1st or 4th", quote(text), w.what)
	case place == 0:
		return 0, fmt.Errorf("%s is before the first: this is counted from 1, so write 1st for the week or month of the start", quote(text))
	case place > maxWeeks:
		return 0, fmt.Errorf("%s is later than 60 years: write one such as 1st or 4th", quote(text))
	}
	return place, nil
}
