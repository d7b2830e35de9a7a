package lives

import (
	"testing"

	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

func BenchmarkEngines(b *testing.B) {
	for _, name := range []string{"base", "high"} {
		p := programmes.DN2(b, name)
		tables := tablesOf(b, p)
		children := 0.0
		for _, c := range p.Cohorts {
			children += c.Referrals.Children
		}
		for _, e := range []Engine{Jump, Plain} {
			b.Run(name+"/"+e.String(), func(b *testing.B) {
				s := tables.Simulator(e)
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					s.Replicate(1, i)
				}
				// One child, one week, one arm, counted to the horizon.
				weeks := 2 * children * float64(p.Weeks)
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/weeks, "ns/child-week")
			})
		}
	}
}
