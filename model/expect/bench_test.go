package expect_test

import (
	"testing"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// BenchmarkOf times one expectation of DN2: four cohorts, 313 weeks, eight
// states, both arms.
func BenchmarkOf(b *testing.B) {
	b.Run("DN2", func(b *testing.B) { benchmark(b, func(*model.Programme) {}) })
	b.Run("pauses and a cap", func(b *testing.B) {
		benchmark(b, func(p *model.Programme) {
			for i := range p.Contract.Metrics {
				p.Contract.Metrics[i].States = []string{"foster", "foster, planned", "home, planned", "edge of care, supported"}
				p.Contract.Metrics[i].Trigger = &contract.FullWeeks{Window: 104, CapPerChild: 80, Interruption: contract.Pauses}
			}
		})
	})
	b.Run("months, pauses and a cap", func(b *testing.B) {
		benchmark(b, func(p *model.Programme) {
			for i := range p.Contract.Metrics {
				p.Contract.Metrics[i].States = []string{"foster", "foster, planned", "home, planned", "edge of care, supported"}
				p.Contract.Metrics[i].Trigger = &contract.Months{Window: 24, CapPerChild: 18, Interruption: contract.Pauses}
			}
		})
	})
	b.Run("time in state", func(b *testing.B) {
		benchmark(b, func(p *model.Programme) {
			moves := p.Background["foster"][0].Moves
			p.Background["foster"] = markov.Row{{In: markov.Span{To: 26}, Moves: moves}, {In: markov.Span{From: 26}, Moves: moves}}
		})
	})
	// What checking the programme and describing its rules takes of the time.
	b.Run("of which checks", func(b *testing.B) {
		p := dn2(dn2Cases()[0])
		for b.Loop() {
			if err := p.Validate(); err != nil {
				b.Fatal(err)
			}
			p.Rules()
		}
	})
}

func benchmark(b *testing.B, edit func(*model.Programme)) {
	p := dn2(dn2Cases()[0])
	edit(p)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := expect.Of(p); err != nil {
			b.Fatal(err)
		}
	}
}
