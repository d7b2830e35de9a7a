package contract_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What must hold of every contract, however its terms are drawn.

// drawn is random terms and the counts to price under them. There are no caps:
// a property sets those that it is about.
type drawn struct {
	shape *contract.Shape
	terms contract.Terms
	care  contract.Care
	tally *contract.Tally
}

// price prices the tally.
func (d *drawn) price(t require.TestingT) *contract.Ledger { return price(t, d.terms, d.care, d.tally) }

func draw(t *rapid.T) *drawn {
	some := func(what string, names ...string) []string {
		return rapid.Permutation(names).Draw(t, what)[:rapid.IntRange(1, len(names)).Draw(t, what+" count")]
	}
	s := &contract.Shape{
		Commissioners: some("commissioners", "Derby", "Nottingham", "Nottinghamshire"),
		Cohorts:       some("cohorts", "down", "edge"),
		States:        some("states", "foster", "home", "residential"),
		Metrics:       some("metrics", "M1", "M2", "M3"),
		Quarters:      quarters("Q4 2019/20", 12)[rapid.IntRange(0, 5).Draw(t, "first"):rapid.IntRange(6, 12).Draw(t, "last")],
	}
	d := &drawn{shape: s, terms: contract.Terms{Payers: drawPayers(t, s)}, tally: contract.NewCounts[int64](s)}
	for _, name := range s.Metrics {
		m := contract.Metric{Name: name, Tariff: contract.Tariff{Amount: drawPounds(t, 100_000), ByCommissioner: amounts{}}}
		for _, c := range s.Commissioners {
			if rapid.Bool().Draw(t, "own tariff") {
				m.Tariff.ByCommissioner[c] = drawPounds(t, 100_000)
			}
		}
		m.Tariff.Indexation = decimal.NewNullDecimal(drawRate(t))
		if rapid.IntRange(0, 2).Draw(t, "with deadweight") == 0 {
			m.AgreedDeadweight = decimal.New(rapid.Int64Range(0, 1_000_000_000).Draw(t, "deadweight"), -9)
		}
		if rapid.IntRange(0, 2).Draw(t, "for some") == 0 {
			m.Commissioners = some("paid for", s.Commissioners...)
		}
		d.terms.Metrics = append(d.terms.Metrics, m)
	}
	d.care = drawCare(t, s)
	lives := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "lives"), 0))
	for m, metric := range d.terms.Metrics {
		for c, name := range s.Commissioners {
			for q := range s.Quarters {
				if len(metric.Commissioners) == 0 || slices.Contains(metric.Commissioners, name) {
					d.tally.UnitsOf(m, c)[q] = lives.Int64N(60)
				}
			}
		}
	}
	for i := range d.tally.Weeks {
		d.tally.Weeks[i] = lives.Int64N(300)
	}
	return d
}

// drawPounds draws an amount in whole pence, up to a number of them.
func drawPounds(t *rapid.T, most int64) decimal.Decimal {
	return decimal.New(rapid.Int64Range(0, most).Draw(t, "pence"), -2)
}

// drawRate draws a yearly rate, of which half are 0.
func drawRate(t *rapid.T) decimal.Decimal {
	if rapid.Bool().Draw(t, "constant") {
		return decimal.Zero
	}
	return decimal.New(rapid.Int64Range(-50, 100).Draw(t, "rate"), -3)
}

func drawCare(t *rapid.T, s *contract.Shape) contract.Care {
	care := contract.Care{Cashable: amounts{}}
	for _, state := range s.States {
		care.UnitCosts = append(care.UnitCosts, contract.UnitCost{State: state, PerWeek: drawPounds(t, 500_000), Growth: drawRate(t)})
		for _, c := range s.Commissioners {
			if rapid.IntRange(0, 3).Draw(t, "own cost") == 0 {
				care.UnitCosts = append(care.UnitCosts, contract.UnitCost{State: state, Commissioner: c, PerWeek: drawPounds(t, 500_000)})
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "later cost") == 0 {
			care.UnitCosts = append(care.UnitCosts, contract.UnitCost{State: state, Year: 2021, PerWeek: drawPounds(t, 500_000)})
		}
	}
	for _, cohort := range s.Cohorts {
		care.Cashable[cohort] = decimal.New(rapid.Int64Range(0, 1_000_000_000).Draw(t, "cashable"), -9)
	}
	return care
}

// drawPayers draws up to three funds and the commissioners. Their shares, with
// up to nine decimals, add up to 1, and may change once.
func drawPayers(t *rapid.T, s *contract.Shape) []contract.Payer {
	names := []string{"Fund", "Lottery", "Trust"}[:rapid.IntRange(0, 3).Draw(t, "funds")]
	list := make([]contract.Payer, len(names)+1)
	for i, name := range names {
		list[i].Name = name
	}
	list[len(names)].Name = contract.ClaimingCommissioner
	dates := []contract.DatedShare{{}}
	if rapid.Bool().Draw(t, "shares change") {
		dates = append(dates, from("2021-01-01", "0"))
	}
	for _, dated := range rapid.Permutation(dates).Draw(t, "order") {
		left := int64(1_000_000_000)
		for i := range list {
			share := left
			if i < len(names) {
				share = rapid.Int64Range(0, left).Draw(t, "share")
			}
			left -= share
			list[i].Shares = append(list[i].Shares, contract.DatedShare{From: dated.From, Share: decimal.New(share, -9)})
		}
	}
	return rapid.Permutation(list).Draw(t, "payers")
}

// drawCap draws a cap that may or may not bind on an amount in pence.
func drawCap(t *rapid.T, pence int64) decimal.NullDecimal {
	return decimal.NewNullDecimal(contract.Pounds(rapid.Int64Range(0, pence+pence/4+100).Draw(t, "cap")))
}

// drawAllCaps puts caps of every kind on the terms.
func (d *drawn) drawAllCaps(t *rapid.T) {
	all := total(d.price(t).Claims)
	d.terms.Cap = drawCap(t, all)
	if rapid.Bool().Draw(t, "years capped") {
		d.drawYearCaps(t, all/3)
	}
	for i := range d.terms.Metrics {
		d.terms.Metrics[i].Cap.Amount = drawCap(t, all)
		if rapid.Bool().Draw(t, "units capped") {
			d.terms.Metrics[i].Cap.Units = decimal.NewNullDecimal(decimal.NewFromInt(rapid.Int64Range(0, 400).Draw(t, "units cap")))
		}
	}
	for i := range d.terms.Payers {
		if p := &d.terms.Payers[i]; p.Name != contract.ClaimingCommissioner {
			p.Cap = drawCap(t, all)
			p.Then = rapid.SampledFrom([]contract.Overflow{contract.CommissionerPays, contract.Stop}).Draw(t, "then")
		}
	}
}

// claim is what is allowed of one commissioner's claim in one quarter.
func claim(l *contract.Ledger, c, q int) (sum int64) {
	for m := range l.Shape.Metrics {
		sum += l.AllowedOf(m, c)[q]
	}
	return sum
}

// shareOf is a payer's share on the last day of a quarter.
func shareOf(p contract.Payer, q calendar.Quarter) (share decimal.Decimal) {
	inOrder := slices.SortedFunc(slices.Values(p.Shares), func(a, b contract.DatedShare) int { return a.From.Compare(b.From) })
	for _, dated := range inOrder {
		if dated.From.Compare(q.Last()) <= 0 {
			share = dated.Share
		}
	}
	return share
}

func TestPayersShareTheClaim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		l := d.price(t)
		for c, commissioner := range d.shape.Commissioners {
			for q, quarter := range d.shape.Quarters {
				whole, sum := claim(l, c, q), int64(0)
				for i, name := range l.Payers {
					paid := l.PaymentsOf(i, c)[q]
					sum += paid
					if name != commissioner && slices.Contains(d.shape.Commissioners, name) {
						require.Zero(t, paid, "a commissioner pays another's claim")
						continue
					}
					p := d.terms.Payers[slices.IndexFunc(d.terms.Payers, func(p contract.Payer) bool {
						return p.Name == name || name == commissioner && p.Name == contract.ClaimingCommissioner
					})]
					exact := shareOf(p, quarter).Mul(decimal.NewFromInt(whole))
					off := decimal.NewFromInt(paid).Sub(exact).Abs()
					require.True(t, off.LessThan(decimal.NewFromInt(1)), "%s pays %d of %d, %s off", name, paid, whole, off)
				}
				require.Equal(t, whole, sum)
			}
		}
	})
}

func TestCumulativePaymentsUnderTheContractCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.price(t)
		d.terms.Cap = drawCap(t, total(free.Claims))
		capped := d.price(t)
		require.Equal(t, free.Claims, capped.Claims)
		limit := d.terms.Cap.Decimal.Shift(2).IntPart()
		claimed, allowed, paid := int64(0), int64(0), int64(0)
		for q := range d.shape.Quarters {
			for c := range d.shape.Commissioners {
				claimed += claim(free, c, q)
				allowed += claim(capped, c, q)
				for i := range capped.Payers {
					paid += capped.PaymentsOf(i, c)[q]
				}
			}
			require.Equal(t, min(claimed, limit), allowed)
			require.Equal(t, allowed, paid)
		}
	})
}

func TestCumulativeAllowedUnderMetricCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.price(t)
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Cap.Amount = drawCap(t, total(free.Claims))
		}
		capped := d.price(t)
		for m := range d.terms.Metrics {
			limit := d.terms.Metrics[m].Cap.Amount.Decimal.Shift(2).IntPart()
			claimed, allowed := int64(0), int64(0)
			for q := range d.shape.Quarters {
				for c := range d.shape.Commissioners {
					claimed += claimsOf(free)(m, c)[q]
					allowed += capped.AllowedOf(m, c)[q]
				}
				require.Equal(t, min(claimed, limit), allowed)
			}
		}
	})
}

// At £1 a unit, pounds are units.
func TestCumulativeUnitsUnderMetricCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		limit := rapid.Int64Range(0, 2000).Draw(t, "limit")
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Tariff, d.terms.Metrics[i].AgreedDeadweight = tariff("1"), decimal.Zero
			d.terms.Metrics[i].Cap.Units = decimal.NewNullDecimal(decimal.NewFromInt(limit))
		}
		l := d.price(t)
		expected := price(t, d.terms, d.care, expectedOf(d.tally))
		for m := range d.terms.Metrics {
			units, allowed, mean := int64(0), int64(0), int64(0)
			for q := range d.shape.Quarters {
				for c := range d.shape.Commissioners {
					units += d.tally.UnitsOf(m, c)[q]
					require.Zero(t, l.AllowedOf(m, c)[q]%100, "a part of a unit")
					allowed += l.AllowedOf(m, c)[q]
					mean += expected.AllowedOf(m, c)[q]
				}
				require.Equal(t, 100*min(units, limit), allowed)
				require.InDelta(t, allowed, mean, float64(len(d.shape.Commissioners)), "expected units, each line to the penny")
			}
		}
	})
}

func TestCumulativePaymentsUnderAPayersCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.price(t)
		for i := range d.terms.Payers {
			if p := &d.terms.Payers[i]; p.Name != contract.ClaimingCommissioner {
				p.Cap = drawCap(t, total(free.Claims))
				p.Then = rapid.SampledFrom([]contract.Overflow{contract.CommissionerPays, contract.Stop}).Draw(t, "then")
			}
		}
		capped := d.price(t)
		lost := false
		for _, p := range d.terms.Payers {
			i := slices.Index(free.Payers, p.Name)
			if i < 0 {
				continue
			}
			limit := p.Cap.Decimal.Shift(2).IntPart()
			due, paid := int64(0), int64(0)
			for q := range d.shape.Quarters {
				for c := range d.shape.Commissioners {
					due += free.PaymentsOf(i, c)[q]
					paid += capped.PaymentsOf(i, c)[q]
				}
				require.Equal(t, min(due, limit), paid, p.Name)
			}
			lost = lost || due > limit && p.Then == contract.Stop
		}
		require.Equal(t, lost, total(capped.Payments) < total(free.Payments))
	})
}

func TestNothingIsNegative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawAllCaps(t)
		l := d.price(t)
		for i, allowed := range l.Allowed {
			require.GreaterOrEqual(t, allowed, int64(0))
			require.LessOrEqual(t, allowed, l.Claims[i])
		}
		for _, amount := range slices.Concat(l.Payments, l.Costs) {
			require.GreaterOrEqual(t, amount, int64(0))
		}
		require.LessOrEqual(t, total(l.Allowed), d.terms.Cap.Decimal.Shift(2).IntPart())
		require.LessOrEqual(t, total(l.Payments), total(l.Allowed))
	})
}

// Metrics, commissioners, cohorts, states and unit costs may be listed in any
// order; only the order of payers settles ties.
func TestOrderOfListsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		if rapid.Bool().Draw(t, "with grants") {
			d.drawGrants(t)
		}
		d.drawAllCaps(t)
		one := d.price(t)

		other := *d
		other.shape = &contract.Shape{
			Quarters:      d.shape.Quarters,
			Commissioners: rapid.Permutation(d.shape.Commissioners).Draw(t, "commissioners again"),
			Cohorts:       rapid.Permutation(d.shape.Cohorts).Draw(t, "cohorts again"),
			States:        rapid.Permutation(d.shape.States).Draw(t, "states again"),
		}
		other.terms.Metrics = rapid.Permutation(d.terms.Metrics).Draw(t, "metrics again")
		for _, m := range other.terms.Metrics {
			other.shape.Metrics = append(other.shape.Metrics, m.Name)
		}
		other.care.UnitCosts = rapid.Permutation(d.care.UnitCosts).Draw(t, "unit costs again")
		other.tally = contract.NewCounts[int64](other.shape)
		for c, commissioner := range other.shape.Commissioners {
			c1 := slices.Index(d.shape.Commissioners, commissioner)
			for m, metric := range other.shape.Metrics {
				copy(other.tally.UnitsOf(m, c), d.tally.UnitsOf(slices.Index(d.shape.Metrics, metric), c1))
			}
			for k, cohort := range other.shape.Cohorts {
				for i, state := range other.shape.States {
					for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
						for _, a := range contract.Arms() {
							copy(other.tally.WeeksIn(w, a, k, c, i), d.tally.WeeksIn(w, a, slices.Index(d.shape.Cohorts, cohort), c1, slices.Index(d.shape.States, state)))
						}
					}
				}
			}
		}
		require.Equal(t, named(one), named(other.price(t)))
	})
}

// named is every series of a ledger by name.
func named(l *contract.Ledger) map[string][]int64 {
	all := map[string][]int64{"grants": l.Grants}
	for c, commissioner := range l.Shape.Commissioners {
		for m, metric := range l.Shape.Metrics {
			all[fmt.Sprint("claims/", metric, "/", commissioner)] = claimsOf(l)(m, c)
			all[fmt.Sprint("allowed/", metric, "/", commissioner)] = l.AllowedOf(m, c)
		}
		for p, payer := range l.Payers {
			all[fmt.Sprint("paid/", payer, "/", commissioner)] = l.PaymentsOf(p, c)
		}
		for k, cohort := range l.Shape.Cohorts {
			all[fmt.Sprint("cashable/", cohort, "/", commissioner)] = l.CashableOf(k, c)
			for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
				for _, a := range contract.Arms() {
					all[fmt.Sprint("costs/", w, "/", a, "/", cohort, "/", commissioner)] = l.CostsOf(w, a, k, c)
				}
			}
		}
	}
	return all
}

// Expected counts that happen to be whole are priced as whole counts are. Caps
// in units are left out: of whole units only whole ones can be shared out.
func TestWholeExpectedCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		if rapid.Bool().Draw(t, "with grants") {
			d.drawGrants(t)
		}
		d.drawAllCaps(t)
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Cap.Units = decimal.NullDecimal{}
		}
		require.Equal(t, d.price(t), price(t, d.terms, d.care, expectedOf(d.tally)))
	})
}

func TestTwiceTheTariffs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Tariff.Indexation, d.terms.Metrics[i].AgreedDeadweight = decimal.NullDecimal{}, decimal.Zero
			if rapid.Bool().Draw(t, "units capped") {
				d.terms.Metrics[i].Cap.Units = decimal.NewNullDecimal(decimal.NewFromInt(rapid.Int64Range(0, 400).Draw(t, "units cap")))
			}
		}
		once := d.price(t)
		for i := range d.terms.Metrics {
			m := &d.terms.Metrics[i]
			m.Tariff.Amount = m.Tariff.Amount.Mul(decimal.NewFromInt(2))
			for c, amount := range m.Tariff.ByCommissioner {
				m.Tariff.ByCommissioner[c] = amount.Mul(decimal.NewFromInt(2))
			}
		}
		twice := d.price(t)
		requireTwice(t, once.Claims, twice.Claims)
		requireTwice(t, once.Allowed, twice.Allowed)
		require.Equal(t, 2*total(once.Payments), total(twice.Payments))
		require.Equal(t, once.Costs, twice.Costs)
	})
}

func TestTwiceTheUnitCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for i := range d.care.UnitCosts {
			d.care.UnitCosts[i].Growth = decimal.Zero
		}
		once := d.price(t)
		for i := range d.care.UnitCosts {
			d.care.UnitCosts[i].PerWeek = d.care.UnitCosts[i].PerWeek.Mul(decimal.NewFromInt(2))
		}
		twice := d.price(t)
		requireTwice(t, once.Costs, twice.Costs)
		require.Equal(t, once.Payments, twice.Payments)
	})
}

func requireTwice(t require.TestingT, once, twice []int64) {
	for i := range once {
		require.Equal(t, 2*once[i], twice[i])
	}
}

func TestUnitCostsOfNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		before := d.price(t)
		for i := range d.care.UnitCosts {
			d.care.UnitCosts[i].PerWeek = decimal.Zero
		}
		free := d.price(t)
		require.Zero(t, total(free.Costs))
		require.Zero(t, total(free.Cashable))
		require.Equal(t, before.Payments, free.Payments)
	})
}

func TestTariffsOfNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawAllCaps(t)
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Tariff = contract.Tariff{}
		}
		require.Zero(t, total(d.price(t).Claims))
		require.Zero(t, total(d.price(t).Payments))
	})
}

func TestCapOfNothingAndHugeCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.price(t)
		under := func(s string) *contract.Ledger {
			d.terms.Cap = capped(s)
			return d.price(t)
		}
		require.Zero(t, total(under("0").Payments))
		require.Equal(t, free, under("1000000000000"))

		huge := contract.MetricCap{Units: capped("1000000000000"), Amount: capped("1000000000000")}
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Cap = huge
		}
		require.Equal(t, free, d.price(t))

		d.terms.Cap = decimal.NullDecimal{}
		for i, none := range []contract.MetricCap{{Units: capped("0")}, {Amount: capped("0")}} {
			for m := range d.terms.Metrics {
				d.terms.Metrics[m].Cap = none
			}
			require.Zero(t, total(d.price(t).Payments), i)
		}
	})
}

// The two arms are one life: nothing is avoided, and nothing is cashable.
func TestSameLifeInBothArms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		half := len(d.tally.Weeks) / 4 // by window, then arm
		copy(d.tally.Weeks[half:2*half], d.tally.Weeks[:half])
		l := d.price(t)
		for k := range d.shape.Cohorts {
			for c := range d.shape.Commissioners {
				require.Equal(t, l.CostsOf(contract.Tracking, contract.Counterfactual, k, c), l.CostsOf(contract.Tracking, contract.Intervention, k, c))
			}
		}
		for _, pence := range l.Cashable {
			require.Zero(t, pence)
		}
	})
}

// A pricer remembers nothing from one pricing to the next, and its clones may
// be used side by side.
func TestPricerIsUsedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		if rapid.Bool().Draw(t, "with grants") {
			d.drawGrants(t)
		}
		d.drawAllCaps(t)
		want := d.price(t)
		pricer, err := contract.NewPricer(d.terms, d.care, d.shape, base(d.shape), contract.Constant)
		require.NoError(t, err)
		ledgers := make([]*contract.Ledger, 4)
		var working sync.WaitGroup
		for i := range ledgers {
			working.Go(func() {
				own := pricer.Clone()
				ledgers[i] = own.NewLedger()
				for range 3 {
					contract.Price(own, d.tally, ledgers[i])
				}
			})
		}
		working.Wait()
		for _, l := range ledgers {
			require.Equal(t, want, l)
		}
	})
}

func TestPriceAllocatesNothing(t *testing.T) {
	for _, make := range []func(testing.TB) (*contract.Pricer, *contract.Tally){dn2Sized, withEverything} {
		pricer, tally := make(t)
		expected, ledger := expectedOf(tally), pricer.NewLedger()
		require.Zero(t, testing.AllocsPerRun(10, func() { contract.Price(pricer, tally, ledger) }))
		require.Less(t, total(ledger.Allowed), total(ledger.Claims), "the caps bind")
		require.Zero(t, testing.AllocsPerRun(10, func() { contract.Price(pricer, expected, ledger) }))
	}
}
