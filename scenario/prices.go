package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// prices reads what a pound means: the prices that amounts are in, general
// inflation, and the rate at which flows are discounted.
func (d *decoder) prices(top fields) {
	inflation := top.may("inflation")
	d.p.Inflation = inflation.yearlyRate().InexactFloat64()
	if d.bad[inflation.path] || top.mistyped["inflation"] {
		d.p.Inflation = 0.02 // harmless: the fault is known
	} else if inflation.given() && d.p.Inflation == 0 {
		inflation.warn("general inflation of 0%% is none: leave it out, and everything is in constant prices")
	}
	base := top.may("price base")
	d.p.PriceBase, d.p.PriceYear = base.priceBase(inflation.given())
	d.p.DiscountRate = model.Rate{Yearly: defaultDiscountRate.InexactFloat64()}
	if rate := top.may("discount rate"); rate.given() {
		d.p.DiscountRate = rate.realOrNominal()
	}
}

// defaultDiscountRate is that of the Treasury's Green Book, which is real.
var defaultDiscountRate = decimal.New(35, -3)

var financialYears = regexp.MustCompile(`[0-9]{4}/[0-9]{2}`)

// priceBase reads the text that says what a pound means, and the financial year
// that it names. A year alone stands for constant prices of that year.
func (c cursor) priceBase(inflation bool) (string, calendar.FinancialYear) {
	text := c.text()
	named := financialYears.FindAllString(text, -1)
	if len(named) > 1 && inflation {
		c.fault("the price base names %s financial years: write the one in whose prices amounts are, as in constant 2022/23 prices", fmt.Sprint(len(named)))
	}
	if len(named) != 1 {
		return text, 0
	}
	year, err := calendar.ParseFinancialYear(named[0])
	if err != nil {
		c.fault("%s", err)
		return text, 0
	}
	if text == named[0] {
		text = "constant " + text + " prices"
	}
	return text, year
}

// indexation reads the own indexation of an amount.
func (c cursor) indexation() decimal.NullDecimal {
	if !c.given() {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(c.yearlyRate())
}

// indexedAmount reads an amount that may have an indexation of its own.
func (c cursor) indexedAmount() (amount decimal.Decimal, indexation decimal.NullDecimal) {
	if !c.given() || c.n.kind != block {
		return c.amount(), indexation
	}
	f := c.fields("amount", "indexation")
	return f.need("amount", anAmount).amount(), f.may("indexation").indexation()
}

// indexedLimit reads an amount that may be none or not there at all, and may have
// an indexation of its own.
func (c cursor) indexedLimit() (limit, indexation decimal.NullDecimal) {
	if !c.given() || c.is("none") {
		return limit, indexation
	}
	amount, indexation := c.indexedAmount()
	return decimal.NewNullDecimal(amount), indexation
}

var aReturn = want{"a yearly rate", "3.5% or 3.5% real"}

// realOrNominal reads a yearly rate. Where there is inflation, it has to say whether that
// is part of it.
func (c cursor) realOrNominal() model.Rate {
	said := value(c, aReturn, parseKindOfRate)
	if c.sound() && !said.said && said.Yearly != 0 && c.d.p.Inflation != 0 {
		c.fault("there is inflation, so a rate is either above it or contains it: write %[1]s real or %[1]s nominal", strings.TrimSpace(c.n.text))
	}
	return said.Rate
}

// saidRate is a rate, and whether it says which kind it is.
type saidRate struct {
	model.Rate
	said bool
}

// parseKindOfRate reads 3.5%, 3.5% real or 5.6% nominal.
func parseKindOfRate(text string, w want) (saidRate, error) {
	number, kind := strings.TrimSpace(text), ""
	if at := strings.LastIndexByte(number, ' '); at > 0 && !strings.HasSuffix(number, "%") {
		number, kind = strings.TrimSpace(number[:at]), number[at+1:]
	}
	if kind != "" && kind != "real" && kind != "nominal" {
		return saidRate{}, errors.New(quote(kind) + " is not a kind of rate: write real, for a rate above inflation, or nominal, for one that contains it")
	}
	yearly, percent, err := parseProportion(number, w)
	if err == nil {
		err = cmp.Or(unclearOne(number, yearly, percent), inRange(number, yearly, percent, decimal.Zero, w))
	}
	return saidRate{model.Rate{Yearly: yearly.InexactFloat64(), Nominal: kind == "nominal"}, kind != ""}, err
}
