//go:build unix

package lives

import (
	"testing"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
)

// BenchmarkRatio reports how many times as long the plain engine takes as the jump
// engine. The two take turns in one process: on a shared machine nothing else means
// anything.
//
//	go test ./montecarlo/lives -run '^$' -bench Ratio -benchtime 1x
func BenchmarkRatio(b *testing.B) {
	for _, one := range []struct {
		name string
		p    *model.Programme
	}{
		{"stays of 30 to 95 weeks", programmes.Thousand(1)},
		{"stays of 8 to 24 weeks", programmes.Thousand(4)},
		{"DN2 base", programmes.DN2(b, "base")},
		{"DN2 high", programmes.DN2(b, "high")},
	} {
		b.Run(one.name, func(b *testing.B) {
			tables := tablesOf(b, one.p)
			weeks := 0.0 // one child, one week, one arm, counted to the horizon
			for _, c := range one.p.Cohorts {
				weeks += 2 * c.Referrals.Children * float64(one.p.Weeks)
			}
			const fast, slow = 20, 2 // replications in a turn
			taken := turns.Take(151, replicate(tables.Simulator(Jump), fast), replicate(tables.Simulator(Plain), slow))
			b.ReportMetric(taken[1].Ratio*fast/slow, "plain/jump")
			b.ReportMetric(taken[0].Median/weeks/fast, "jump-ns/child-week")
			b.ReportMetric(taken[1].Median/weeks/slow, "plain-ns/child-week")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func replicate(s *Simulator, n int) func() {
	return func() {
		for i := range n {
			s.Replicate(1, i)
		}
	}
}
