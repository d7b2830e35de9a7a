package montecarlo

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Part is what one shard of a run found: what it was run for, and every figure
// of every one of its replications, to the last bit. It marshals to JSON without
// these values; WriteTo writes it with them.
type Part struct {
	Programme    string          `json:"programme"`
	Case         string          `json:"case"`
	Fingerprint  string          `json:"fingerprint"` // of the programme
	Shard        Shard           `json:"shard"`
	From         int             `json:"from"` // the first replication, counted from 0
	To           int             `json:"to"`   // the last replication and 1
	Replications int             `json:"replications"`
	Seed         uint64          `json:"seed"`
	Engine       lives.Engine    `json:"engine"`
	Prices       contract.Prices `json:"prices"`
	Quantiles    []float64       `json:"quantiles"`
	TotalsOnly   bool            `json:"totals_only"`
	MemoryLimit  int64           `json:"memory_limit"` // bytes, of the whole run: see Options
	Architecture string          `json:"architecture"`
	Version      string          `json:"version"` // of this module
	Columns      []partColumn    `json:"columns"`

	values []float64 // replication × column, money in pence
}

// Column is a figure of a part, or a series of figures side by side.
type partColumn struct {
	Key
	Width       int  `json:"width"`                 // how many values it has in each replication
	Independent bool `json:"independent,omitempty"` // under independent lives
}

// part describes a part of this run that holds no replications yet.
func (r *runner) part() *Part {
	o, p := r.options, r.version.Programme
	part := &Part{
		Programme: p.Name, Case: r.version.Name(), Fingerprint: p.Fingerprint(), Replications: o.Replications, Seed: o.Seed, Engine: o.Engine, Prices: o.Prices,
		Quantiles: o.Quantiles, TotalsOnly: o.TotalsOnly, MemoryLimit: o.MemoryLimit, Architecture: architecture(), Version: version(),
	}
	for _, c := range r.columns {
		part.Columns = append(part.Columns, partColumn{c.Key, c.width, c.independent})
	}
	return part
}

// count is how many values the part has.
func (p *Part) count() int64 {
	width := int64(0)
	for _, c := range p.Columns {
		width += int64(c.Width)
	}
	return int64(p.To-p.From) * width
}

// check returns what keeps a description from being that of a part. It bounds
// every number that memory is later asked by.
func (p *Part) check() error {
	if err := p.Shard.validate(); err != nil {
		return err
	}
	inRange := p.Replications >= p.Shard.Of && p.Replications <= maxReplications
	if from, to := p.Shard.span(p.Replications); !inRange || p.From != from || p.To != to {
		return fmt.Errorf("it holds replications %d to %d of %d", p.From+1, p.To, p.Replications)
	}
	width := 0
	for _, c := range p.Columns {
		if c.Width < 1 || c.Width > maxColumns-width {
			return fmt.Errorf("its figure %q has %d values", c.Key, c.Width)
		}
		width += c.Width
	}
	if width == 0 {
		return errors.New("it holds no figures")
	}
	return nil
}

// architecture names the processors on which floating-point arithmetic gives
// the same bytes. From level 3 on the compiler fuses multiplications and
// additions on amd64, which rounds otherwise.
func architecture() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "GOAMD64" && s.Value >= "v3" {
				return runtime.GOARCH + " " + s.Value
			}
		}
	}
	return runtime.GOARCH
}

const modulePath = "github.com/edgeofcare/edgeofcare"

// version is this module's version, as far as the program knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range info.Deps {
		if m.Path == modulePath {
			return m.Version
		}
	}
	if info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
