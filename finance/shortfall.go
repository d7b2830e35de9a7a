package finance

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// A shortfall is found by the provider, or after a covenant has been breached by
// whoever steps in, and earns nothing.

// Finder is the name of who finds the money for a shortfall where no investor
// delivers the service.
const Finder = "whoever meets a shortfall"

// findersOf are all who can have to find money for a shortfall, the provider
// first.
func findersOf(terms *model.Facility) []string {
	finders := []string{Finder}
	for _, i := range terms.Investors {
		if i.Provider {
			finders[0] = i.Name
		}
	}
	for _, c := range terms.Covenants {
		if c.Then == model.StepIn && !slices.Contains(finders, c.StepsIn) {
			finders = append(finders, c.StepsIn)
		}
	}
	return finders
}

// shortfall has somebody find an amount.
func (a *Account) shortfall(day int, amount int64) {
	finder := a.held.covenants.finder
	a.Shortfall[finder*len(a.Days)+day] += amount
	a.held.found[finder] += amount
}

// repayShortfall pays back what was found for a shortfall, as far as an amount
// goes, in proportion to what each has found, and returns what it took.
func (a *Account) repayShortfall(day int, left int64) int64 {
	found, all := a.held.found, int64(0)
	for _, amount := range found {
		all += amount
	}
	paid := min(left, all)
	if paid == 0 {
		return 0
	}
	share, of := paid, all
	for finder, amount := range found { // the last takes the penny
		part := portion(share, amount, of)
		found[finder] -= part
		a.ShortfallRepaid[finder*len(a.Days)+day] += part
		if share, of = share-part, of-amount; of == 0 {
			break
		}
	}
	a.payOut(paid)
	return paid
}
