//go:build unix

package montecarlo

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/edgeofcare/edgeofcare/scenario"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// BenchmarkPerformance measures what docs/performance.md shows, prints it, and says which
// ratio fell by more than a tenth against docs/ratios.csv. It is a program rather than a
// benchmark: what it compares runs turn and turn about in one process, because on a shared
// machine nothing but such ratios means anything. It never fails for being slow. With
// -short it takes fewer turns; with -update it keeps what it measured, in the file and on
// the page.
//
//	go test ./montecarlo -run '^$' -bench Performance -benchtime 1x [-short | -update]
func BenchmarkPerformance(b *testing.B) {
	began, worked := time.Now(), turns.ProcessorTime()
	all := slices.Concat(measureEngines(b), measurePricing(b), measureDraws(b), measureRuns(b), measureVariance(b))
	busy := float64(turns.ProcessorTime()-worked) / float64(time.Since(began))
	all = slices.Concat(all, measureWorkers(b))
	all = append(all, measured{
		What: machine,
		Of:   fmt.Sprintf("%s, %s/%s, %s, %d cores", runtime.Version(), runtime.GOOS, runtime.GOARCH, turns.Processor(), runtime.NumCPU()), Reached: 100 * busy, Unit: "%", Allocations: -1,
	})
	fmt.Printf("\n%s\n", ratioTable(all))
	if kept, err := keptRatios(); err != nil {
		fmt.Printf("Nothing is compared: %v\n", err)
	} else {
		fmt.Println(fallReport(all, kept))
	}
	if *update {
		if err := keepRatios(all); err != nil {
			b.Fatal(err)
		}
	}
}

// rounds is how many turns there are of each: fewer with -short.
func rounds(many int) int {
	if testing.Short() {
		return max(3, many/3)
	}
	return many
}

const nanosecond, microsecond, second = 1, 1e3, 1e9

// measureEngines compares the engines.
func measureEngines(b *testing.B) (all []measured) {
	const jump = "jump ÷ plain"
	for _, one := range []struct {
		of     string
		target goal
		p      *model.Programme
	}{
		{"1,000 children, 312 weeks; stays of 30 to 95 weeks, both clocks; two metrics of full weeks", goal{15, 20}, programmes.Thousand(1)},
		{"the same with stays of 8 to 24 weeks", goal{8, 10}, programmes.Thousand(4)},
		{"DN2 base: 243 children, 313 weeks, ages; stays of 77 to 233 weeks; four metrics of full weeks", goal{15, 20}, programmes.DN2(b, "base")},
		{"DN2 high", goal{15, 20}, programmes.DN2(b, "high")},
	} {
		t, err := lives.NewTables(one.p)
		if err != nil {
			b.Fatal(err)
		}
		const n = 10 // replications of the fast engine for one of the slow
		taken := turns.Take(rounds(301), repeat(t.Simulator(lives.Jump), n), repeat(t.Simulator(lives.Plain), 1))
		weeks := 0.0
		for _, c := range one.p.Cohorts {
			weeks += 2 * float64(one.p.Weeks) * c.Referrals.Children
		}
		ratio := n * taken[1].Ratio
		all = append(all, measured{
			What: jump, Of: one.of, Reached: ratio, Target: one.target, Better: higher, Ratio: ratio, RatioTo: "the plain engine",
			This: inUnit(taken[0].Taken, weeks*n*nanosecond), Other: inUnit(taken[1].Taken, weeks*nanosecond), TimesIn: "ns per child-week", Allocations: -1,
		})
	}
	return all
}

// step is a part of a replication, which is compared with the lives of one.
type step struct {
	what   string
	target goal // in microseconds
	do     func(i int)
}

// measureSteps times steps, a number of times in every turn, beside as many lives.
func measureSteps(of string, n int, lives *lives.Simulator, steps []step) (all []measured) {
	runs := []func(){repeat(lives, n)}
	for _, s := range steps {
		runs = append(runs, func() {
			for i := range n {
				s.do(i)
			}
		})
	}
	taken := turns.Take(rounds(301), runs...)
	for i, s := range steps {
		each := inUnit(taken[i+1].Taken, float64(n)*microsecond)
		all = append(all, measured{
			What: s.what, Of: of, Reached: each[0], Unit: "µs", Target: s.target, Better: lower, Ratio: taken[i+1].Ratio, RatioTo: "the lives of a replication",
			This: each, Other: inUnit(taken[0].Taken, float64(n)*microsecond), TimesIn: "µs", Allocations: int(testing.AllocsPerRun(10, func() { s.do(1) })),
		})
	}
	return all
}

// measurePricing measures what follows the lives in a replication of DN2 high, and
// drawing its parameters again.
func measurePricing(b *testing.B) []measured {
	p := programmes.DN2(b, "high")
	r, err := prepare(asVersion(p), Options{Replications: 1, TotalsOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	unpriced, err := contract.NewPricer(p.Contract, contract.Care{}, p.Shape(), contract.PriceIndex{}, contract.Constant)
	if err != nil {
		b.Fatal(err)
	}
	t, err := lives.NewTables(p)
	if err != nil {
		b.Fatal(err)
	}
	s, ledger, f, price := t.Simulator(lives.Jump), r.pricer.NewLedger(), newFigures(r.sheet, r.cash), r.newPrice()
	row := make([]float64, len(r.centre))
	tally := s.Replicate(1, 1)
	contract.Price(r.pricer, tally, ledger)
	fill(r.sheet, tally, ledger, f)
	return measureSteps("DN2 high", 50, t.Simulator(lives.Jump), []step{
		{"tables for one parameter draw", goal{}, func(int) {
			if err := t.Redraw(p); err != nil {
				b.Fatal(err)
			}
		}},
		{"ledger: claims, caps and payers alone", goal{}, func(int) { contract.Price(unpriced, tally, ledger) }},
		{"ledger with the cost of care", goal{3, 2}, func(int) { contract.Price(r.pricer, tally, ledger) }},
		{"cash flow, capital and rates of return", goal{}, func(int) {
			finance.Follow(f.cash, tally, ledger, f.account)
			f.cash.CapitalFigures(f.account, &f.capital)
		}},
		{"ledger, cash and all totals", goal{}, func(int) { price(0, tally, row) }},
		{"one replication, with the lives", goal{}, func(int) { price(0, s.Replicate(1, 1), row) }},
	})
}

// measureDraws measures what a draw of DN2's uncertain inputs takes.
func measureDraws(b *testing.B) []measured {
	r, err := prepare(libraryCases(b, "base")[0], Options{Seed: 1, Replications: 1, TotalsOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	t, err := lives.NewTables(programmes.DN2(b, "base"))
	if err != nil {
		b.Fatal(err)
	}
	d := r.newDrawnRun()
	var s *setting
	at := func(replication int) {
		if s, err = d.at(replication); err != nil {
			b.Fatal(err)
		}
	}
	counts := func(int) {
		if _, err := s.expected.Counts(s.programme); err != nil {
			b.Fatal(err)
		}
	}
	const n = 200 // draws, in which every choice of alternatives comes up
	for i := range n {
		at(i)
	}
	return measureSteps(fmt.Sprintf("DN2 base, %d inputs", len(d.drawing.streams)), n, t.Simulator(lives.Jump), []step{
		{"one draw through the exact expectation: what each cohort avoids", goal{}, func(int) {
			if _, err := s.expected.Avoided(s.programme, s.pricer); err != nil {
				b.Fatal(err)
			}
		}},
		{"one draw through the exact expectation: all counts", goal{20, 10}, counts},
		{"the same, with the variance of what a child earns", goal{20, 10}, func(i int) {
			counts(i)
			s.expected.PerChild()
		}},
		{"one draw of the inputs: values, tables, prices, costs of delivery, what is avoided", goal{}, at},
	})
}

// A run over rates and chance takes little more than one at fixed rates. The target, with
// the spread divided, is in docs/performance.md; the bound here is wide, because other
// programs disturb the two unequally, and a run of a few replications makes as many
// tables as a long one.
func TestDrawsTakeLittleMoreThanFixedRates(t *testing.T) {
	const most = 1.6
	versions := libraryCases(t, "base")
	run := func(o Options) func() {
		o.Seed, o.Replications, o.TotalsOnly, o.Workers = 1, 2000, true, 1
		return func() {
			if _, err := Run(context.Background(), versions[0], o); err != nil {
				t.Fatal(err)
			}
		}
	}
	taken := turns.Take(3, run(Options{FixedRates: true}), run(Options{Undivided: true}))
	if ratio := taken[1].Fastest / taken[0].Fastest; ratio > most {
		t.Errorf("%.2f times as long: it may be %v times", ratio, most)
	}
}

// A draw of rates takes little longer through the exact expectation where weeks after a
// pause are paid for, as in Norfolk's ten years, than for DN2: about twice as long. A count
// of the weeks paid so far would take a hundred times as long.
func TestPausesTakeLittleLonger(t *testing.T) {
	const most = 6
	counting := func(name string) func() {
		d, err := scenario.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := d.Version("base")
		if err != nil {
			t.Fatal(err)
		}
		r, err := expect.NewRedraw(v.Programme)
		if err != nil {
			t.Fatal(err)
		}
		return func() {
			for range 100 {
				if _, err := r.Counts(v.Programme); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	taken := turns.Take(15, counting("dn2"), counting("norfolk"))
	if ratio := taken[1].Ratio; ratio > most {
		t.Errorf("%.2f times as long: it may be %v times", ratio, most)
	}
}

// The four cases of DN2 in a run of 10,000 replications each.
const fourCases = "DN2: base, low, medium and high at fixed rates, 10,000 replications each"

// measureRuns compares runs at fixed rates with the lives in them alone.
func measureRuns(b *testing.B) (all []measured) {
	versions := libraryCases(b, "base", "low", "medium", "high")
	o := Options{Seed: 1, FixedRates: true, Workers: 1}
	totals := o
	totals.TotalsOnly = true
	taken := turns.Take(rounds(5), livesAlone(b, versions, defaultReplications), func() {
		if _, err := Compare(context.Background(), versions, "", totals); err != nil {
			b.Fatal(err)
		}
	}, runAll(b, versions, o))
	for i, one := range []struct {
		what   string
		target goal
	}{{"Compare, totals ÷ the lives alone", goal{1.5, 1.25}}, {"Run, all series ÷ the lives alone", goal{2, 1.5}}} {
		all = append(all, measured{
			What: one.what, Of: fourCases + ", independent lives included", Reached: taken[i+1].Ratio, Target: one.target, Better: lower,
			Ratio: taken[i+1].Ratio, RatioTo: "the lives alone",
			This: inUnit(taken[i+1].Taken, second), Other: inUnit(taken[0].Taken, second), TimesIn: "s of processor time", Allocations: -1,
		})
	}
	return all
}

// measureWorkers compares one worker, two, and two over rates and chance, in what compare
// dn2 does but for its page. What goes by the clock means something on an idle machine only.
func measureWorkers(b *testing.B) []measured {
	one, two := Options{Seed: 1, TotalsOnly: true, FixedRates: true, Workers: 1}, Options{Seed: 1, TotalsOnly: true, FixedRates: true, Workers: 2}
	drawn := Options{Seed: 1, TotalsOnly: true, Workers: 2}
	taken := turns.Take(rounds(5), comparing(b, two), comparing(b, one), comparing(b, drawn))
	const of = "compare dn2: the file read, four cases, 10,000 replications each"
	return []measured{
		{
			What: "over rates and chance ÷ at fixed rates", Of: of + ", the spread divided and independent lives included", Reached: taken[2].Ratio, Target: goal{1.3, 1.1}, Better: lower,
			Ratio: taken[2].Ratio, RatioTo: "a run at fixed rates",
			This: inUnit(taken[2].Taken, second), Other: inUnit(taken[0].Taken, second), TimesIn: "s of processor time", Allocations: -1,
		},
		{
			What: "two workers ÷ one", Of: of + ", fixed rates", Reached: taken[1].Clock.Ratio, Target: goal{1.85, 1.95}, Better: higher,
			Ratio: taken[1].Clock.Ratio, RatioTo: "one worker",
			This: inUnit(taken[0].Clock, second), Other: inUnit(taken[1].Clock, second), TimesIn: byTheClock, Allocations: -1,
		},
		{
			What: "wall time, two workers", Of: of + ", fixed rates", Reached: taken[0].Clock.Median / second, Unit: "s", Target: goal{1.6, 1.1}, Better: lower,
			This: inUnit(taken[0].Clock, second), TimesIn: byTheClock, Allocations: -1,
		},
	}
}

// livesAlone returns a function that makes tables and simulates so many replications of
// versions, and does nothing with them.
func livesAlone(t testing.TB, versions []*scenario.Version, replications int) func() {
	return func() {
		for _, v := range versions {
			tables, err := lives.NewTables(v.Programme)
			if err != nil {
				t.Fatal(err)
			}
			repeat(tables.Simulator(lives.Jump), replications)()
		}
	}
}

// runAll returns a function that runs versions one after another.
func runAll(t testing.TB, versions []*scenario.Version, o Options) func() {
	return func() {
		for _, v := range versions {
			if _, err := Run(context.Background(), v, o); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A run spends most of its time on lives. The targets are in docs/performance.md; the
// bounds here are wide, because other programs disturb the two unequally and a run of a
// few replications has more to prepare.
func TestARunIsMostlyLives(t *testing.T) {
	const n = 600
	versions := libraryCases(t, "base")
	o := Options{Seed: 1, Replications: n, FixedRates: true, Workers: 1}
	totals := o
	totals.TotalsOnly = true
	taken := turns.Take(3, livesAlone(t, versions, n), runAll(t, versions, totals), runAll(t, versions, o))
	for i, most := range []float64{0, 2.6, 3.5} {
		if ratio := taken[i].Fastest / taken[0].Fastest; i > 0 && ratio > most {
			t.Errorf("%.2f times as long as the lives alone: it may be %v times", ratio, most)
		}
	}
}

// comparing returns a function that reads DN2 and compares its four cases, without what
// an earlier call left behind.
func comparing(t testing.TB, o Options) func() {
	return func() {
		if _, err := Compare(context.Background(), libraryCases(t, "base", "low", "medium", "high"), "", o); err != nil {
			t.Fatal(err)
		}
	}
}

// measureVariance measures what common random numbers are worth.
func measureVariance(b *testing.B) (all []measured) {
	high, small := programmes.DN2(b, "high"), smallEffect(b)
	for _, one := range []struct {
		of, measure string
		p           *model.Programme
	}{
		{"cost avoided to the horizon, DN2 high: a large effect", careCostToEnd, high},
		{"the same in the tracking window", careCost, high},
		{"to the horizon, a twentieth fewer moves to residential care: a small effect", careCostToEnd, small},
	} {
		ratio := varianceRatio(b, one.p, one.measure, 4000)
		all = append(all, measured{
			What: "variance, other seeds ÷ common numbers", Of: one.of, Reached: ratio, Better: higher,
			Ratio: ratio, RatioTo: "that with common numbers", Allocations: -1,
		})
	}
	return all
}

func repeat(s *lives.Simulator, n int) func() {
	return func() {
		for i := range n {
			s.Replicate(1, i)
		}
	}
}
