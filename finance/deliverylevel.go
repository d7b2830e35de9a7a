package finance

import (
	"math"
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Costs of delivery that are the same in every year, because nothing indexes them and
// there is no uplift, are worked out again in whole numbers: a draw of uncertain inputs,
// which has another scale or other costs of a child, then takes less than a microsecond
// and allocates nothing. That is newDelivery to the penny; what whole numbers do not
// hold is left to it.

// level reports whether a stated amount comes to the same in every year.
func (p *prices) level() bool {
	return p.err == nil && p.uplift.Equal(decimal.NewFromInt(1)) && !p.indexation.Valid &&
		(p.fixed == contract.Constant || p.index.Inflation.IsZero())
}

// Amounts are in millionths of a pound and scales in billionths, so that a penny is
// perPenny of their product.
const (
	amountDecimals = 6
	scaleDecimals  = 9
	perPenny       = 10_000_000_000_000
)

// wholeNumber is a decimal in units of its last place, and whether it is a whole
// number of them that is not below 0 and has at most 18 digits.
func wholeNumber(d decimal.Decimal, decimals int) (uint64, bool) {
	if d.IsZero() {
		return 0, true
	}
	zeros := int(d.Exponent()) + decimals
	if d.IsNegative() || zeros < 0 || d.NumDigits()+zeros > 18 {
		return 0, false
	}
	n := uint64(d.CoefficientInt64())
	for range zeros {
		n *= 10
	}
	return n, true
}

// inMillionths records every stated amount in millionths, and reports whether all are
// whole numbers of them.
func (d *delivery) inMillionths() bool {
	all := true
	record := func(s *stated) {
		var ok bool
		s.millionths, ok = wholeNumber(s.amount, amountDecimals)
		d.largest, all = max(d.largest, s.millionths), all && ok
	}
	for i := range d.lines {
		for q := range d.lines[i].stated {
			record(&d.lines[i].stated[q])
		}
		for k := range d.lines[i].once {
			record(&d.lines[i].once[k].stated)
		}
	}
	record(&stated{amount: d.terms.Mobilisation})
	return all
}

// redraw works the costs out again for terms with another scale or other costs of a
// referral, a start or a case week. It reports whether it could; nothing has changed
// if it could not.
func (d *delivery) redraw(terms *model.Delivery) bool {
	if !d.level || !sameButForDraws(&d.terms, terms) {
		return false
	}
	scale, ok := wholeNumber(terms.Factor(), scaleDecimals)
	largest := d.largest
	var perChild [caseWeeks + 1]uint64
	for of, amount := range [...]decimal.Decimal{referrals: terms.PerReferral, starts: terms.PerStart, caseWeeks: terms.PerCaseWeek} {
		n, whole := wholeNumber(amount, amountDecimals)
		perChild[of], largest, ok = n, max(largest, n), ok && whole
	}
	mobilisation, whole := wholeNumber(terms.Mobilisation, amountDecimals)
	if most, fits := scaled(largest, scale, 1); !ok || !whole || !fits || most > d.most {
		return false
	}
	for i := range d.lines {
		d.lines[i].redraw(scale, perChild, mobilisation)
	}
	d.terms.Scale, d.terms.PerReferral, d.terms.PerStart, d.terms.PerCaseWeek = terms.Scale, terms.PerReferral, terms.PerStart, terms.PerCaseWeek
	return true
}

// redraw works a line out again.
func (l *costLine) redraw(scale uint64, perChild [caseWeeks + 1]uint64, mobilisation uint64) {
	if l.spread {
		pence, _ := scaled(mobilisation, scale, 1)
		for i := range l.once { // as split divides it
			l.once[i].pence = pence / int64(len(l.once))
		}
		if n := int64(len(l.once)); n > 0 {
			l.once[n-1].pence += pence - pence/n*n
		}
		return
	}
	for i := range l.once {
		l.once[i].pence, _ = scaled(l.once[i].stated.millionths, scale, 1)
	}
	for q := range l.stated {
		s := &l.stated[q]
		if l.of != quarters {
			s.millionths = perChild[l.of]
		}
		if q > 0 && s.millionths == l.stated[q-1].millionths && s.parts == l.stated[q-1].parts {
			l.rate[q] = l.rate[q-1]
			continue
		}
		l.rate[q], _ = scaled(s.millionths, scale, uint64(s.parts))
	}
	l.free = l.costsNothing()
}

// scaled is one of so many equal parts of an amount times a scale, in pence, halves
// up; and whether that is a number that can be worked out so.
func scaled(millionths, scale, parts uint64) (int64, bool) {
	divisor := perPenny * parts
	hi, lo := bits.Mul64(millionths, scale)
	lo, carry := bits.Add64(lo, divisor/2, 0)
	if hi += carry; hi >= divisor {
		return 0, false
	}
	pence, _ := bits.Div64(hi, lo, divisor)
	return int64(pence), pence <= math.MaxInt64
}

// sameButForDraws reports whether terms have the same costs but for their scale and
// those of a child.
func sameButForDraws(a, b *model.Delivery) bool {
	return a.MobilisationMonths == b.MobilisationMonths && a.Uplift == b.Uplift && a.Indexation.Valid == b.Indexation.Valid &&
		identical(a.Mobilisation, b.Mobilisation) && identical(a.WindUp, b.WindUp) &&
		slices.EqualFunc(a.FixedPerQuarter, b.FixedPerQuarter, func(a, b model.DatedAmount) bool { return a.From == b.From && identical(a.Amount, b.Amount) }) &&
		slices.EqualFunc(a.Fees, b.Fees, func(a, b model.Fee) bool {
			return a.Name == b.Name && a.On == b.On && identical(a.PerQuarter, b.PerQuarter) && identical(a.Once, b.Once)
		})
}

// identical reports whether two decimals are equal and written alike, which takes no
// time whatever their exponents are.
func identical(a, b decimal.Decimal) bool { return a.Exponent() == b.Exponent() && a.Equal(b) }
