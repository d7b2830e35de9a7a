package model

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// currency records a currency that is none.
func (v *validation) currency() {
	code, ok := words.CurrencyCode(v.p.Currency)
	v.need(ok && (v.p.Currency == "" || v.p.Currency == code), "currency", "%q is not the code of a currency: it must be three capital letters, such as AUD", v.p.Currency)
	v.need(v.p.Currency != words.Sterling, "currency", "pounds sterling are what a programme is in that states none: leave it out")
}

// SameCurrency returns an error unless the amounts of other programmes are in the
// currency of this one, so that they can stand in one table or chart, be added or be
// compared. It names the first that is not, with both currencies.
func (p *Programme) SameCurrency(others ...*Programme) error {
	for _, other := range others {
		if other != nil && other.Currency != p.Currency {
			return fmt.Errorf("%s is in %s and %s in %s: amounts in two currencies cannot be compared or added, and nothing here knows an exchange rate, so look at each alone",
				p.Name, words.CurrencyName(p.Currency), other.Name, words.CurrencyName(other.Currency))
		}
	}
	return nil
}
