//go:build unix

package montecarlo

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// thousand is 1,000 children, 312 weeks and two arms, in states that a child
// leaves after 30 to 95 weeks on average, at speed 1; at speed 4 after 8 to 24.
// Rows look at both clocks. There are no ages, so that every life is lived to
// the horizon unless the child leaves care.
func thousand(speed float64) *model.Programme {
	p := lively()
	p.Name, p.Weeks, p.Ages, p.MinimumReferrals = "thousand", 312, model.Ages{}, model.MinimumReferrals{}
	p.Start = calendar.NewDate(2020, 10, 1)
	// staying is a piece of a row with a mean stay in weeks.
	staying := func(mean float64, first string, second string) []markov.Move {
		leave := speed / mean
		return []markov.Move{{To: first, Probability: 0.6 * leave}, {To: second, Probability: 0.3 * leave}, {To: model.LeftCare, Probability: 0.1 * leave}}
	}
	since, in := 52, 26
	p.Background = map[string]markov.Row{
		"foster": {
			{In: markov.Span{To: in}, Moves: staying(60, "residential", "reunified")},
			{In: markov.Span{From: in}, Moves: staying(95, "residential", "reunified")},
		},
		"residential": {
			{Since: markov.Span{To: since}, Moves: staying(40, "foster", "reunified")},
			{Since: markov.Span{From: since}, Moves: staying(55, "foster", "reunified")},
		},
		"reunified": {{Moves: staying(50, "foster", "residential")}},
	}
	failing := markov.Row{
		{In: markov.Span{To: in}, Moves: staying(30, "residential", "reunified")},
		{In: markov.Span{From: in}, Moves: staying(80, "residential", "reunified")},
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.Referrals = model.Referrals{Children: 500, Last: 51}
		c.Background, c.Failure, c.AlreadyThere = nil, failing, 0
		c.Lag, c.Tracking, c.StartProbability = 13, 104, 0.9
	}
	p.Cohorts[1].Failure = markov.Row{{Moves: staying(50, "foster", "residential")}}
	p.Contract.Metrics = p.Contract.Metrics[:2]
	for i := range p.Contract.Metrics {
		m := &p.Contract.Metrics[i]
		m.States, m.Trigger = nil, &contract.FullWeeks{First: 1, Window: 104, CapPerChild: 104}
	}
	return p
}

// BenchmarkPerformance prints the table of docs/performance.md. It is a program
// rather than a benchmark: what it compares runs turn and turn about in one
// process, because on a shared machine nothing but such ratios means anything.
//
//	go test ./montecarlo -run '^$' -bench Performance -benchtime 1x
func BenchmarkPerformance(b *testing.B) {
	for _, one := range []struct {
		name string
		p    *model.Programme
	}{{"1,000 children, stays of 30 to 95 weeks", thousand(1)}, {"stays of 8 to 24 weeks", thousand(4)}, {"DN2 base", dn2(b, "base")}, {"DN2 high", dn2(b, "high")}} {
		if err := one.p.Validate(); err != nil {
			b.Fatal(err)
		}
		t := newTables(one.p)
		fast, slow := newSimulator(t, Jump), newSimulator(t, Plain)
		m, r := takeTurns(201, repeat(fast, 10), repeat(slow, 1))
		children := 0.0
		for _, c := range one.p.Cohorts {
			children += c.Referrals.Children
		}
		weeks := 2 * children * float64(one.p.Weeks)
		f, s := float64(m[0])/10, float64(m[1])
		stays := 0
		for i := range t.cohorts {
			for n := range 500 {
				fast.draw(&t.cohorts[i], childKey(cohortKey(replicationKey(99, 0), &t.cohorts[i]), n))
				fast.live(fast, &t.cohorts[i], &fast.child)
				stays += len(fast.child.without) + len(fast.child.with)
			}
		}
		fmt.Printf("%s: jump %.2f plain %.2f ns/cw; ratio %.1f; %.1f stays per life, %.0f ns per child\n", one.name, f/weeks, s/weeks, r[1]*10, float64(stays)/1000/float64(len(t.cohorts)), f/children)
	}
}

func repeat(s *simulator, n int) func() {
	return func() {
		for i := range n {
			s.replicate(1, i)
		}
	}
}

// takeTurns runs each of the runs once in every round, and returns the median
// processor time of each, and the median of how many times that of the first it
// is: within a round, so that a machine that slows down slows both.
func takeTurns(rounds int, runs ...func()) (times []time.Duration, ratios []float64) {
	all, relative := make([][]time.Duration, len(runs)), make([][]float64, len(runs))
	for range rounds {
		for i, run := range runs {
			before := processorTime()
			run()
			used := processorTime() - before
			all[i] = append(all[i], used)
			relative[i] = append(relative[i], float64(used)/float64(all[0][len(all[0])-1]))
		}
	}
	for i := range runs {
		slices.Sort(all[i])
		slices.Sort(relative[i])
		times, ratios = append(times, all[i][rounds/2]), append(ratios, relative[i][rounds/2])
	}
	return times, ratios
}

// processorTime is the time that this process has used on all processors.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
