package indigo

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Total adds up payments, exactly, for each currency by its code. An amount that
// is not known is not 0: if any is missing or could not be read, the sums are of
// the others and the error says that there is no total and of how many amounts it
// would have been.
func Total(payments []Payment) (map[string]decimal.Decimal, error) {
	s := sumOf(payments)
	if s.known == nil {
		s.known = map[string]decimal.Decimal{}
	}
	return s.known, s.incomplete()
}

// sum is amounts added up, and how many could not be.
type sum struct {
	known                  map[string]decimal.Decimal // by code of the currency
	amounts, missing, text int                        // text stands in place of so many
}

// sumOf adds up payments.
func sumOf(payments []Payment) sum {
	var s sum
	for _, pay := range payments {
		s.add(pay.Amount, pay.AmountText, pay.Currency)
	}
	return s
}

// add adds an amount.
func (s *sum) add(amount decimal.NullDecimal, text, code string) {
	if s.known == nil {
		s.known = map[string]decimal.Decimal{}
	}
	s.amounts++
	switch {
	case amount.Valid && decimals.Check(amount.Decimal) != nil: // too many digits for any sum
		s.text++
	case amount.Valid:
		s.known[code] = s.known[code].Add(amount.Decimal)
	case text != "":
		s.text++
	default:
		s.missing++
	}
}

// incomplete is the error of a sum that is not a total.
func (s *sum) incomplete() error {
	var why []string
	if s.text > 0 {
		why = append(why, fmt.Sprintf("%d of %s could not be read", s.text, words.Plural(s.amounts, "amount")))
	}
	if s.missing > 0 {
		why = append(why, fmt.Sprintf("%d of %s %s missing", s.missing, words.Plural(s.amounts, "amount"), map[bool]string{true: "is", false: "are"}[s.missing == 1]))
	}
	if why == nil {
		return nil
	}
	return errors.New("no total: " + words.And(why))
}

// silent says in brackets how many amounts are missing from a sum, if any are.
func (s *sum) silent() string {
	if s.missing == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d of %d state nothing)", s.missing, s.amounts)
}

// all is the sum whatever the currencies.
func (s *sum) all() decimal.Decimal {
	total := decimal.Zero
	for _, amount := range s.known {
		total = total.Add(amount)
	}
	return total
}

// String lists the known sums by currency.
func (s *sum) String() string {
	var all []string
	for _, code := range slices.Sorted(maps.Keys(s.known)) {
		all = append(all, words.Money(code, s.known[code]))
	}
	return strings.Join(all, ", ")
}
