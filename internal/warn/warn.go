// Package warn finds what passes in a programme file although it is likely to be a
// slip: payments that fall due after the end, a weekly chance that was meant for a
// year, a pause in which nobody would have been referred. None of it is a fault,
// because each may be meant. Every rule has a file of its own, named after it.
package warn

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Warning is one thing that a reader must know before using a figure.
type Warning struct {
	Kind   string  // what it is, in a word or two, for programs
	Path   string  // the setting of the programme file to look at
	Amount float64 // what is at stake in the programme's currency, in the prices of the table that it stands under; 0 where it is not money
	Text   string  // a sentence without its full stop
}

// version is what the rules look at: a version of a programme, its exact
// expectation and the central ledger.
type version struct {
	*scenario.Version
	p        *model.Programme
	expected *expect.Expectation
	central  *contract.Ledger
	found    []Warning
}

// Version returns the warnings about a version, given its exact expectation and its
// central ledger.
func Version(of *scenario.Version, e *expect.Expectation, central *contract.Ledger) []Warning {
	v := &version{Version: of, p: of.Programme, expected: e, central: central}
	v.dueAfterTheEnd()
	v.shortTracking()
	v.measuredEarly()
	v.freeToACouncil()
	v.neverEarned()
	v.startNeverLeft()
	v.payersWithoutPayments()
	v.weeklyChances()
	v.withinWeeks()
	v.yearlyRates()
	v.costOrder()
	v.editedNumbers()
	v.pausesWithoutEffect()
	v.layersWithoutEffect()
	v.namesThatLookAlike()
	return v.found
}

// Programme returns the warnings about a version of which nothing has been worked
// out yet, with amounts in one kind of prices. The error is that of a programme
// without an expectation.
func Programme(of *scenario.Version, prices contract.Prices) ([]Warning, error) {
	e, err := expect.Of(of.Programme)
	if err != nil {
		return nil, err
	}
	central, err := model.Price(of.Programme, e.Counts, prices)
	if err != nil {
		return nil, err
	}
	return Version(of, e, central), nil
}

func (v *version) warn(kind, path string, amount float64, text string, args ...any) {
	v.found = append(v.found, Warning{kind, path, amount, words.In(v.p.Currency, fmt.Sprintf(text, args...))})
}

// asStated goes behind an amount of the file, which stands in a run in cash beside
// amounts in other prices.
func (v *version) asStated() string {
	if v.central.Prices == contract.Cash {
		return " at the prices of the file"
	}
	return ""
}

// amounts is the sums of a ledger that warnings are about, in £.
type amounts struct{ payments, avoided float64 }

// sums adds a ledger up.
func sums(l *contract.Ledger) (all amounts) {
	for c := range l.Shape.Commissioners {
		for payer := range l.Payers {
			all.payments += pounds(l.PaymentsOf(payer, c))
		}
		for k := range l.Shape.Cohorts {
			all.avoided += pounds(l.CostsOf(contract.Tracking, contract.Counterfactual, k, c)) -
				pounds(l.CostsOf(contract.Tracking, contract.Intervention, k, c))
		}
	}
	return all
}

// pounds is what amounts in pence come to, in £.
func pounds(pence []int64) float64 {
	sum := int64(0)
	for _, x := range pence {
		sum += x
	}
	return float64(sum) / 100
}

// slight is the share of a total below which nobody needs to be told.
const slight = 0.005
