package montecarlo

import (
	"math"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// fill works every figure of a sheet out from counts and a ledger: the same
// figures by the same code for every replication and for the central
// projection. Money is in pence until it is summarised.
func fill[N contract.Number](s *sheet, c *contract.Counts[N], l *contract.Ledger, f *figures) {
	f.values = f.values[:0]
	f.care.addUp(s, l)
	f.paid.addUp(s, l)
	fillChildren(s, c, f)
	fillWeeks(s, c, f)
	fillRates(s, l, f)
	fillPayments(s, l, f)
	fillCareCost(s, f)
	fillSavings(s, f)
	fillValue(s, f)
	fillTargets(s, f)
	fillAffordable(s, f)
	fillCapital(s, c, l, f)
	fillIndependent(s, l, f)
	f.named = true
}

// figures collects the values of a sheet. The first time it is filled it also
// collects what they are.
type figures struct {
	values  []float64
	columns []column
	named   bool
	series  []float64 // the series over quarters being added up
	care    *care
	paid    *paid
	// independent is whether the figures of independent lives are being filled.
	independent bool

	// Working space for what capital comes to; nil without delivery terms.
	cash    *finance.Cash
	account *finance.Account
	capital finance.CapitalFigures
	// withoutCapital leaves these figures out where nobody looks at them, and
	// ofCapital is how many they are.
	withoutCapital bool
	ofCapital      int
}

// column is a figure or a series of figures.
type column struct {
	Key
	at, width int
	period    period
	exact     bool
	// independent is whether it is the figure under independent lives: see
	// pairing.go.
	independent bool
}

type period int

const (
	overall period = iota
	quarterly
	yearly
	daily    // on which money can move
	whenPaid // the financial years of payment
)

// Whether the central projection of a figure is its exact mean: whether no cap
// in pounds lies between weeks and the figure.
const (
	exactly   = true
	afterCaps = false
)

// newFigures returns working space for a sheet; cash is nil without delivery
// terms.
func newFigures(s *sheet, cash *finance.Cash) *figures {
	f := &figures{series: make([]float64, len(s.shape.Quarters)), care: newCare(s), paid: newPaid(s)}
	if cash != nil {
		f.cash = cash.Clone()
		f.account = cash.NewAccount()
	}
	return f
}

// add adds rows of cells to the series, times sign.
func add[N contract.Number](f *figures, cells []N, rows []int, sign float64) {
	series := f.series
	n := len(series)
	for _, row := range rows {
		cells := cells[row*n:][:n]
		for q := range series {
			series[q] += sign * float64(cells[q])
		}
	}
}

// plus adds a series to the series, times sign.
func (f *figures) plus(series []float64, sign float64) {
	for q, v := range series {
		f.series[q] += sign * v
	}
}

// put records one value. Nothing has no sign: what is paid, times -1, is not -0.
func (f *figures) put(k Key, v float64, exact bool) {
	if v == 0 {
		v = 0
	}
	f.name(column{Key: k, width: 1, exact: exact})
	f.values = append(f.values, v)
}

// event records whether something happened.
func (f *figures) event(name, of string, happened bool) {
	v := 0.0
	if happened {
		v = 1
	}
	f.put(Key{Name: name, Of: of}, v, afterCaps)
}

// total records the sum of the series and clears it.
func (f *figures) total(k Key, exact bool) {
	f.put(k, sum(f.series), exact)
	clear(f.series)
}

// flow records the series' sum, its quarters and if wanted its financial years,
// and clears it.
func (f *figures) flow(s *sheet, k Key, exact, years bool) {
	f.put(k, sum(f.series), exact)
	if !s.totalsOnly {
		f.name(column{Key: k, width: len(f.series), period: quarterly, exact: exact})
		f.values = append(f.values, f.series...)
		if years {
			f.name(column{Key: k, width: len(s.years), period: yearly, exact: exact})
			first := len(f.values)
			for range s.years {
				f.values = append(f.values, 0)
			}
			for q, v := range f.series {
				f.values[first+s.year[q]] += v
			}
		}
	}
	clear(f.series)
}

// value returns the present value of the series and clears it.
func (f *figures) value(s *sheet) float64 {
	value := finance.PresentValue(f.series, s.factors)
	clear(f.series)
	return value
}

// worth is the present value of a series of its own.
func (f *figures) worth(s *sheet, series []float64) float64 {
	return finance.PresentValue(series, s.factors)
}

func (f *figures) name(c column) {
	if !f.named {
		c.at, c.independent = len(f.values), f.independent
		if c.Unit == "" {
			c.Unit = measures[measureIndex[c.Name]].Unit
		}
		f.columns = append(f.columns, c)
	}
}

func sum(series []float64) float64 {
	total := 0.0
	for _, v := range series {
		total += v
	}
	return total
}

// scale turns a value as recorded into one as reported: pence into £.
func (c column) scale(v float64) float64 {
	if c.Unit == Pounds {
		return v / 100
	}
	return v
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
