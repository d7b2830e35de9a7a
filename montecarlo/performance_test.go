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
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// BenchmarkPerformance prints the table of docs/performance.md. It is a program
// rather than a benchmark: what it compares runs turn and turn about in one
// process, because on a shared machine nothing but such ratios means anything.
//
//	go test ./montecarlo -run '^$' -bench Performance -benchtime 1x
func BenchmarkPerformance(b *testing.B) {
	began, worked := time.Now(), turns.ProcessorTime()
	fmt.Println("\n| what | of what | target | reached | median (fast turns) |")
	fmt.Println("| --- | --- | --- | --- | --- |")
	printEngines(b)
	printPricing(b)
	printDraws(b)
	printRuns(b)
	printRates(b)
	busy := float64(turns.ProcessorTime()-worked) / float64(time.Since(began))
	printVariance(b)
	printWorkers(b)
	fmt.Printf("\n%s, %s/%s, %d cores. Of the time in which it had work for one core, this process was given %.0f%%.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), 100*busy)
}

// printEngines compares the engines, and reports what a replication allocates.
func printEngines(b *testing.B) {
	for _, one := range []struct {
		what, of, target string
		p                *model.Programme
	}{
		{"jump ÷ plain", "1,000 children, 312 weeks; stays of 30 to 95 weeks, both clocks; two metrics of full weeks", "15 (20)", programmes.Thousand(1)},
		{"jump ÷ plain", "the same with stays of 8 to 24 weeks", "8 (10)", programmes.Thousand(4)},
		{"jump ÷ plain", "DN2 base: 243 children, 313 weeks, ages; stays of 77 to 233 weeks; four metrics of full weeks", "15 (20)", programmes.DN2(b, "base")},
		{"jump ÷ plain", "DN2 high", "15 (20)", programmes.DN2(b, "high")},
	} {
		t, err := lives.NewTables(one.p)
		if err != nil {
			b.Fatal(err)
		}
		const n = 10 // replications of the fast engine for one of the slow
		taken := turns.Take(301, repeat(t.Simulator(lives.Jump), n), repeat(t.Simulator(lives.Plain), 1))
		weeks := 2 * float64(one.p.Weeks)
		children := 0.0
		for _, c := range one.p.Cohorts {
			children += c.Referrals.Children
		}
		weeks *= children
		fmt.Printf("| %s | %s | %s | %.1f | %.2f (%.2f) ÷ %.2f (%.2f) ns per child-week |\n", one.what, one.of, one.target, n*taken[1].Ratio,
			taken[0].Median/weeks/n, taken[0].Fastest/weeks/n, taken[1].Median/weeks, taken[1].Fastest/weeks)
	}
}

// printPricing measures what follows the lives in a replication of DN2 high, and
// drawing its parameters again.
func printPricing(b *testing.B) {
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
	const n = 20
	times := func(do func()) func() {
		return func() {
			for range n {
				do()
			}
		}
	}
	parts := []struct {
		what, target string
		do           func()
	}{
		{"tables for one parameter draw", "10 µs (5)", func() {
			if err := t.Redraw(p); err != nil {
				b.Fatal(err)
			}
		}},
		{"ledger: claims, caps and payers alone", "4 µs (2)", func() { contract.Price(unpriced, tally, ledger) }},
		{"ledger with the cost of care", "4 µs (2)", func() { contract.Price(r.pricer, tally, ledger) }},
		{"cash flow, capital and rates of return", "", func() {
			finance.Follow(f.cash, tally, ledger, f.account)
			f.cash.CapitalFigures(f.account, &f.capital)
		}},
		{"ledger, cash and all totals", "", func() { price(0, tally, row) }},
		{"one replication, with the lives", "", func() { price(0, s.Replicate(1, 1), row) }},
	}
	var runs []func()
	for _, part := range parts {
		runs = append(runs, times(part.do))
	}
	for i, turn := range turns.Take(301, runs...) {
		fmt.Printf("| %s | DN2 high | %s | %.1f µs | %.1f (%.1f) µs, %.0f allocations |\n", parts[i].what, parts[i].target, turn.Median/n/1000,
			turn.Median/n/1000, turn.Fastest/n/1000, testing.AllocsPerRun(10, parts[i].do))
	}
}

// printDraws measures what a draw of DN2's uncertain inputs takes, beside the lives.
func printDraws(b *testing.B) {
	r, err := prepare(libraryCases(b, "base")[0], Options{Seed: 1, Replications: 1, TotalsOnly: true})
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
	const n = 200 // draws, in which every choice of alternatives comes up
	for i := range n {
		at(i)
	}
	parts := []struct {
		what, target string
		do           func(i int)
	}{
		{"one draw through the exact expectation: what each cohort avoids", "20 µs", func(int) {
			if _, err := s.expected.Avoided(s.programme, s.pricer); err != nil {
				b.Fatal(err)
			}
		}},
		{"one draw through the exact expectation: all counts", "20 µs (10)", func(int) {
			if _, err := s.expected.Counts(s.programme); err != nil {
				b.Fatal(err)
			}
		}},
		{"the same, with the variance of what a child earns", "20 µs (10)", func(int) {
			if _, err := s.expected.Counts(s.programme); err != nil {
				b.Fatal(err)
			}
			s.expected.PerChild()
		}},
		{"one draw of the inputs: values, tables, prices, costs of delivery, what is avoided", "100 µs", at},
	}
	var runs []func()
	for _, part := range parts {
		runs = append(runs, func() {
			for i := range n {
				part.do(i)
			}
		})
	}
	for i, turn := range turns.Take(101, runs...) {
		fmt.Printf("| %s | DN2 base, %d inputs | %s | %.1f µs | %.1f (%.1f) µs, %.0f allocations |\n", parts[i].what, len(d.drawing.streams), parts[i].target,
			turn.Median/n/1000, turn.Median/n/1000, turn.Fastest/n/1000, testing.AllocsPerRun(10, func() { parts[i].do(1) }))
	}
}

// printRates compares runs over rates and chance with runs at fixed rates.
func printRates(b *testing.B) {
	const rounds = 5
	taken := turns.Take(rounds, comparing(b, Options{Seed: 1, TotalsOnly: true, FixedRates: true}), comparing(b, Options{Seed: 1, TotalsOnly: true}))
	fmt.Printf("| over rates and chance ÷ at fixed rates | compare DN2: base, low, medium and high, 10,000 replications each, the file read, the spread divided and independent lives included | 1.3 | %.2f | %.1f (%.1f) ÷ %.1f (%.1f) s of processor time, of %d |\n",
		taken[1].Ratio, taken[1].Median/1e9, taken[1].Fastest/1e9, taken[0].Median/1e9, taken[0].Fastest/1e9, rounds)
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

// printRuns compares runs at fixed rates with the lives in them alone.
func printRuns(b *testing.B) {
	const rounds = 5
	versions := libraryCases(b, "base", "low", "medium", "high")
	o := Options{Seed: 1, FixedRates: true, Workers: 1}
	taken := turns.Take(rounds, livesAlone(b, versions, defaultReplications), func() {
		o.TotalsOnly = true
		if _, err := Compare(context.Background(), versions, "", o); err != nil {
			b.Fatal(err)
		}
	}, runAll(b, versions, Options{Seed: 1, FixedRates: true, Workers: 1}))
	for i, one := range []struct{ what, target string }{{"Compare, totals ÷ the lives alone", "1.5 (1.25)"}, {"Run, all series ÷ the lives alone", "2 (1.5)"}} {
		fmt.Printf("| %s | DN2: base, low, medium and high at fixed rates, 10,000 replications each, independent lives included | %s | %.2f | %.1f (%.1f) ÷ %.1f (%.1f) s of processor time, of %d |\n",
			one.what, one.target, taken[i+1].Ratio, taken[i+1].Median/1e9, taken[i+1].Fastest/1e9, taken[0].Median/1e9, taken[0].Fastest/1e9, rounds)
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

// printVariance measures what common random numbers are worth.
func printVariance(b *testing.B) {
	fmt.Printf("| variance, other seeds ÷ common numbers | cost avoided to the horizon, DN2 high: a large effect | 2.5 | %.1f | 4,000 replications |\n",
		varianceRatio(b, programmes.DN2(b, "high"), careCostToEnd, 4000))
	fmt.Printf("| | the same in the tracking window | | %.1f | |\n", varianceRatio(b, programmes.DN2(b, "high"), careCost, 4000))
	fmt.Printf("| | to the horizon, a twentieth fewer moves to residential care: a small effect | 12 | %.0f | |\n",
		varianceRatio(b, smallEffect(b), careCostToEnd, 4000))
}

// printWorkers measures wall times, which mean something on an idle machine only.
func printWorkers(b *testing.B) {
	cases := []*scenario.Version{asVersion(programmes.DN2(b, "low"), "low"), asVersion(programmes.DN2(b, "medium"), "medium"), asVersion(programmes.DN2(b, "high"), "high")}
	compare := func(workers int) float64 {
		began := time.Now()
		if _, err := Compare(context.Background(), cases, "", Options{Seed: 1, TotalsOnly: true, Workers: workers}); err != nil {
			b.Fatal(err)
		}
		return time.Since(began).Seconds()
	}
	var one, two []float64
	for range 5 {
		one, two = append(one, compare(1)), append(two, compare(2))
	}
	fmt.Printf("| two workers ÷ one | compare DN2: low, medium and high, 10,000 replications each | 1.8 | %.2f | of the fastest of five |\n", slices.Min(one)/slices.Min(two))
	slices.Sort(two)
	fmt.Printf("| wall time | the same, two workers | 3 s (1) | %.1f s | %.1f (%.1f) s |\n", two[2], two[2], two[0])
}

func repeat(s *lives.Simulator, n int) func() {
	return func() {
		for i := range n {
			s.Replicate(1, i)
		}
	}
}
