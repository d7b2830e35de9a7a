package indigo

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// currency is the code of the currency that a programme file of the project is in: the
// one that all payments state or, without payments, all amounts; else pounds, which are
// taken and not stated.
func (p *Project) currency() (code string, stated bool) {
	codes := map[string]bool{}
	for _, pay := range p.Payments {
		if pay.Amount.Valid {
			codes[pay.Currency] = true
		}
	}
	found := sorted(codes)
	if len(codes) == 0 {
		found, _ = p.currencies()
	}
	if len(found) != 1 || codes[""] {
		return pounds, false
	}
	if code, ok := words.CurrencyCode(found[0]); ok && code == found[0] {
		return code, true
	}
	return pounds, false
}

// currencies returns the codes given for amounts, and how many amounts have none.
func (p *Project) currencies() (codes []string, without int) {
	found := map[string]bool{}
	add := func(code string, amounts ...decimal.NullDecimal) {
		switch stated := slices.ContainsFunc(amounts, func(a decimal.NullDecimal) bool { return a.Valid }); {
		case stated && code == "":
			without++
		case stated:
			found[code] = true
		}
	}
	f := p.Finance
	add(f.CapitalCurrency, f.Capital.Min, f.Capital.Exact, f.Capital.Max)
	add(f.MaximumCurrency, f.Maximum)
	add(f.MadeCurrency, f.Made)
	for _, pay := range p.Payments {
		add(pay.Currency, pay.Amount)
	}
	for _, c := range p.Commitments {
		add(c.Currency, c.Maximum)
		add(c.PaidCurrency, c.Paid)
	}
	for _, i := range p.Investments {
		add(i.Currency, i.Amount.Min, i.Amount.Exact, i.Amount.Max)
	}
	for _, price := range p.Pricings {
		add(price.Currency, price.Unit, price.Maximum)
	}
	return sorted(found), without
}
