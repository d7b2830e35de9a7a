package scenario

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

var aCurrency = want{"the code or the sign of a currency", "GBP, AUD or A$"}

// currency reads the currency of a file; empty for pounds sterling.
func (c cursor) currency() string {
	return value(c, aCurrency, func(text string, w want) (string, error) {
		code, ok := words.CurrencyCode(strings.TrimSpace(text))
		switch {
		case !ok || text == "":
			return "", fmt.Errorf("%s is not a currency: write its code in three capital letters, such as %s", quote(text), list(words.CurrencySigns()))
		case c.at.layer > 0:
			return "", fmt.Errorf("a currency cannot be edited, because every amount of the file is in it: write it in the file")
		case code == words.Sterling:
			return "", nil
		}
		return code, nil
	})
}

// parseAmount reads an amount in the file's currency, whose sign or code may stand
// before it.
func (d *decoder) parseAmount(text string, w want) (decimal.Decimal, error) {
	number, code := words.AmountIn(text)
	own, _ := words.CurrencyCode(d.p.Currency)
	switch {
	case !numeral.MatchString(number): // what is wrong with it is said of the whole
		return parseAmount(text, w)
	case code == "" || code == own:
		return parseAmount(number, w)
	case code == "$":
		return decimal.Zero, fmt.Errorf("%s may be in several currencies, and the programme is in %s: write %s", quote(text), words.CurrencyName(own), number)
	}
	return decimal.Zero, fmt.Errorf("this amount is in %s, and the programme is in %s: write what it comes to in that", strings.TrimSuffix(words.CurrencyName(code), " ("+words.PoundSign+")"), words.CurrencyName(own))
}

// poundSigns records each text with a pound sign in a file of another currency. A
// table or chart writes amounts in that currency, and such a sign would be read as its
// own.
func (d *decoder) poundSigns(n *node, path string) {
	if d.p.Currency == "" || n == nil {
		return
	}
	report := func(text, path string, at place) {
		if _, code := words.AmountIn(text); strings.Contains(text, words.PoundSign) && (code == "" || !d.bad[path]) {
			d.fault(at, path, "a pound sign stands in a programme that is in %s: write GBP, as in GBP 4000, for an amount that really is in pounds sterling", words.CurrencyName(d.p.Currency))
		}
	}
	if n.kind == scalar {
		report(n.text, path, n.at)
	}
	for _, e := range n.entries {
		report(e.name, under(path, e.name), e.value.at)
		d.poundSigns(e.value, under(path, e.name))
	}
	for i, item := range n.items {
		d.poundSigns(item, under(path, nth(i)))
	}
}

// inOwnCurrency writes the sign of the file's currency in what is wrong with it.
func (d *decoder) inOwnCurrency() {
	for i := range d.findings {
		d.findings[i].problem = words.In(d.p.Currency, d.findings[i].problem)
	}
}
