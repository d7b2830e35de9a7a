package montecarlo

import (
	"context"
	"fmt"
	"math"
	"os"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// withEveryTerm is a programme that states something of everything.
func withEveryTerm() *model.Programme {
	p := funded()
	amount := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(programmes.Pounds(s)) }
	quarter := calendar.NewQuarter(2021, 3)
	p.Inflation, p.PriceYear, p.PriceBase = 0.02, 2021, "constant 2021/22 prices"
	p.Capacity = model.Capacity{StartsPerQuarter: 6, Lapse: 8, Cohorts: []string{"down"}}
	p.Contract.Cap, p.Contract.CapIndexation = amount("100000"), amount("0.01")
	p.Contract.YearCaps = []contract.YearCap{{Year: 2022, Amount: programmes.Pounds("60000"), Indexation: amount("0.03")}, {Amount: programmes.Pounds("90000")}}
	p.Contract.Grants = []contract.Grant{{Quarter: quarter, Amount: programmes.Pounds("1234.56"), Indexation: amount("0")}}
	p.Contract.Metrics[0].Cap = contract.MetricCap{Units: amount("200"), Amount: amount("50000"), Indexation: amount("0.02")}
	p.Contract.Metrics[0].Tariff = contract.Tariff{Amount: programmes.Pounds("500"), ByCommissioner: map[string]decimal.Decimal{"South": programmes.Pounds("450")}, Indexation: amount("0.02")}
	p.Contract.Payers = []contract.Payer{
		{Name: "Fund", Shares: []contract.DatedShare{{Share: programmes.Pounds("0.25")}}, Cap: amount("9000"), CapIndexation: amount("0.01")},
		{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: programmes.Pounds("0.75")}}},
	}
	p.UnitCosts[1].Year, p.UnitCosts[1].Growth = 2020, programmes.Pounds("0.01")
	p.UnitCosts[2].Indexation = amount("0.02")
	p.SavingsTargets = []model.SavingsTarget{{Commissioner: "North", Years: []calendar.FinancialYear{2021, 2022}, Amount: programmes.Pounds("50000"), Indexation: amount("0")}}
	p.Affordability = []model.Affordable{{Commissioner: "South", Year: 2022, Amount: programmes.Pounds("10000"), Indexation: amount("0.01")}}
	p.Published.Actual = []model.QuarterAmount{{Quarter: quarter, Amount: programmes.Pounds("5000")}}
	p.Published.Plans = []model.Plan{{Name: "plan", Payments: p.Published.Actual}}
	p.Published.Totals = []model.PublishedTotal{{Name: "users", Value: programmes.Pounds("90"), Kind: model.Targeted, Counts: "service users"}}
	p.Delivery.Uplift, p.Delivery.Indexation, p.Delivery.Scale = 0, amount("0.02"), amount("1.1")
	p.Facility.Indexation = amount("0.01")
	p.Facility.Tranches = []model.Tranche{{On: calendar.NewDate(2021, 3, 1), Share: programmes.Pounds("0.5")}, {On: calendar.NewDate(2021, 9, 1), Share: programmes.Pounds("0.5")}}
	return p
}

// change is one field of a programme, and what is put into it.
type change struct {
	where string
	put   func()
	undo  func()
}

// changes lists, for every field that can be reached in a value, the worst that
// could be in it.
func changes(where string, v reflect.Value) []change {
	put := func(name string, x reflect.Value) change {
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		return change{where + " = " + name, func() { v.Set(x) }, func() { v.Set(was) }}
	}
	var all []change
	if v.Type() == reflect.TypeFor[decimal.Decimal]() {
		for name, d := range map[string]decimal.Decimal{
			"1e2^30": decimal.New(1, 1<<30), "1e-2^30": decimal.New(1, -1<<30), "1e2^31": decimal.New(-3, math.MaxInt32), "1e-2^31": decimal.New(7, math.MinInt32),
			"-1": decimal.New(-1, 0), "1e300": decimal.New(1, 300), "1e-300": decimal.New(1, -300), "0": {},
		} {
			all = append(all, put(name, reflect.ValueOf(d)))
		}
		return all
	}
	switch v.Kind() {
	case reflect.Float64:
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -1, 0, math.SmallestNonzeroFloat64, 1e18} {
			all = append(all, put(fmt.Sprint(x), reflect.ValueOf(x).Convert(v.Type())))
		}
	case reflect.Int, reflect.Int32, reflect.Int64:
		for _, x := range []int64{math.MinInt64, math.MinInt32, -1, 0, 1 << 20, math.MaxInt32, math.MaxInt64} {
			if !v.OverflowInt(x) {
				all = append(all, put(fmt.Sprint(x), reflect.ValueOf(x).Convert(v.Type())))
			}
		}
	case reflect.String:
		for _, x := range []string{"", "nobody", model.LeftCare, "a\x1b[2Jb\n"} {
			all = append(all, put(fmt.Sprintf("%q", x), reflect.ValueOf(x).Convert(v.Type())))
		}
	case reflect.Slice:
		all = append(all, put("nil", reflect.Zero(v.Type())), put("empty", reflect.MakeSlice(v.Type(), 0, 0)),
			put("one more, of zeros", reflect.Append(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()+1), v), reflect.Zero(v.Type().Elem()))))
		if v.Len() > 0 {
			all = append(all, put("the first twice", reflect.Append(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()+1), v), v.Index(0))))
		}
		for i := range v.Len() {
			all = append(all, changes(fmt.Sprintf("%s[%d]", where, i), v.Index(i))...)
		}
	case reflect.Map:
		all = append(all, put("nil", reflect.Zero(v.Type())))
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			for _, c := range append(changes("", value), change{" = zero", func() { value.SetZero() }, func() {}}) {
				was := v.MapIndex(key)
				all = append(all, change{fmt.Sprintf("%s[%v]%s", where, key, c.where), func() { c.put(); v.SetMapIndex(key, value) }, func() { c.undo(); v.SetMapIndex(key, was) }})
			}
		}
		if v.IsNil() {
			break
		}
		all = append(all, change{where + " + nobody", func() { v.SetMapIndex(reflect.ValueOf("nobody"), reflect.Zero(v.Type().Elem())) }, func() { v.SetMapIndex(reflect.ValueOf("nobody"), reflect.Value{}) }})
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			break
		}
		all = append(all, put("nil", reflect.Zero(v.Type())))
		if v.Kind() == reflect.Interface && v.Elem().Kind() == reflect.Pointer {
			all = append(all, put("nothing in the interface", reflect.Zero(v.Elem().Type())), put("a zero in the interface", reflect.New(v.Elem().Type().Elem())))
			all = append(all, changes(where, v.Elem().Elem())...)
		} else if v.Kind() == reflect.Pointer {
			all = append(all, put("zero", reflect.New(v.Type().Elem())))
			all = append(all, changes(where, v.Elem())...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				all = append(all, changes(where+"."+v.Type().Field(i).Name, v.Field(i))...)
			}
		}
		if v.CanSet() {
			all = append(all, put("zero", reflect.Zero(v.Type())))
		}
	}
	return all
}

// Whatever one field of a programme holds, checking it ends soon and takes little
// memory, and what is accepted can be priced and run. The long test tries all of
// the thousands of changes, and the short one every fortieth.
func TestNoFieldOfAProgrammeBreaksARun(t *testing.T) {
	for name, p := range map[string]*model.Programme{"lively": programmes.Lively(), "with every term": withEveryTerm()} {
		p.Register, p.Sources, p.Cautions = nil, nil, nil // of which no figure depends
		require.NoError(t, p.Validate())
		before := copies.Deep(p)
		all := changes("", reflect.ValueOf(p).Elem())
		require.Greater(t, len(all), 500)
		for i, c := range all {
			if i%40 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
				continue
			}
			c.put()
			endsSoon(t, name+c.where, func() { hostile(&scenario.Version{Programme: p}) })
			c.undo()
		}
		require.Equal(t, before, p, "the changes are undone")
	}
}

// The same of what a programme says of how well its inputs are known, with the file
// that draws are made from and without it.
func TestNoFieldOfAnUncertainInputBreaksARun(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base + {unit costs.foster={value: 1000, range: 800 to 1200}} + {cohorts.step-down.start probability=20 of 31} + " +
		"{unit costs.residential={value: 5000, one of: {5000: 60%, 6000: 40%}}} + {unit costs.reunified={value: 100, normal: 50 to 150 within 0 to 200}}")
	require.NoError(t, err)
	p := v.Programme
	require.GreaterOrEqual(t, len(p.Uncertain), 4)
	p.Correlations = []model.RankCorrelation{{Inputs: [2]model.Path{p.Uncertain[0].Path, p.Uncertain[1].Path}, Spearman: 0.5}}
	require.NoError(t, p.Validate())
	all := append(changes(".Uncertain", reflect.ValueOf(&p.Uncertain).Elem()), changes(".Correlations", reflect.ValueOf(&p.Correlations).Elem())...)
	require.Greater(t, len(all), 200)
	for i, c := range all {
		if i%20 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue
		}
		c.put()
		endsSoon(t, c.where, func() { hostile(v) })
		endsSoon(t, "without a file "+c.where, func() { hostile(&scenario.Version{Programme: p}) })
		c.undo()
	}
}

// hostile does with the programme of a version what can be done with one.
func hostile(v *scenario.Version) {
	p := v.Programme
	_, _ = p.Fingerprint(), p.PriceIndex()
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash, 7} {
		_, _ = p.Pricer(prices, nil)
		_ = p.PublishedIn(prices)
	}
	if p.Validate() != nil {
		_, _ = v.Drawer()
		if _, err := Run(context.Background(), v, Options{Replications: 2}); err == nil {
			panic("a programme that is not valid was run")
		}
		return
	}
	_, _ = Central(v, contract.Constant)
	_, _ = Central(v, contract.Cash)
	_, _ = Run(context.Background(), v, Options{Replications: 2, TotalsOnly: true})
}

// endsSoon calls a function, and fails if it panics, or takes seconds or a hundred
// megabytes.
func endsSoon(t *testing.T, what string, call func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	assert.NotPanics(t, call, what)
	runtime.ReadMemStats(&after)
	assert.Less(t, time.Since(began), 20*time.Second, what)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100<<20), what)
}
