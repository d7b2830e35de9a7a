package montecarlo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	Programme     string          `json:"programme"`
	Case          string          `json:"case"`
	Fingerprint   string          `json:"fingerprint"` // of the programme
	Shard         Shard           `json:"shard"`
	From          int             `json:"from"` // the first replication, counted from 0
	To            int             `json:"to"`   // the last replication and 1
	Replications  int             `json:"replications"`
	Seed          uint64          `json:"seed"`
	Engine        lives.Engine    `json:"engine"`
	Prices        contract.Prices `json:"prices"`
	Quantiles     quantiles       `json:"quantiles"`
	TotalsOnly    bool            `json:"totals_only"`
	FixedRates    bool            `json:"fixed_rates,omitempty"`
	Unconditioned bool            `json:"unconditioned,omitempty"`
	Redrawn       int64           `json:"redrawn,omitempty"` // uncertain inputs that had to be drawn again
	MemoryLimit   int64           `json:"memory_limit"`      // bytes, of the whole run: see Options
	Architecture  string          `json:"architecture"`
	Version       string          `json:"version"` // of this module
	Width         int             `json:"width"`   // how many values a replication has
	Figures       string          `json:"figures"` // SHA-256 of what they are, in order

	values []float64 // replication × value, money in pence
}

// part describes a part of this run that holds no replications yet.
func (r *runner) part() *Part {
	o, p := r.options, r.version.Programme
	part := &Part{
		Programme: p.Name, Case: r.version.Name(), Fingerprint: p.Fingerprint(), Replications: o.Replications, Seed: o.Seed, Engine: o.Engine, Prices: o.Prices,
		Quantiles: o.Quantiles, TotalsOnly: o.TotalsOnly, FixedRates: o.FixedRates, Unconditioned: o.Unconditioned, MemoryLimit: o.MemoryLimit, Architecture: architecture(), Version: version(),
	}
	figures := sha256.New()
	for _, c := range r.recorded() {
		fmt.Fprintf(figures, "%q %q %q %q %d %t\n", c.Name, c.Of, c.Arm, c.Unit, c.width, c.independent)
	}
	part.Width, part.Figures = len(r.centre), hex.EncodeToString(figures.Sum(nil))
	return part
}

// header is the line of a part file that describes the part.
func (p *Part) header() ([]byte, error) {
	header, err := json.Marshal(p)
	if err == nil && len(header) >= maxHeader {
		err = fmt.Errorf("the description of a part may take %d bytes and takes %d: ask for fewer quantiles", maxHeader-1, len(header))
	}
	return append(header, '\n'), err
}

// quantiles are those of a description. They take no more memory than the text.
type quantiles []float64

// UnmarshalJSON reads a list of numbers.
func (q *quantiles) UnmarshalJSON(text []byte) error {
	list := make([]float64, 0, bytes.Count(text, []byte(","))+1)
	err := json.Unmarshal(text, &list)
	*q = list
	return err
}

// count is how many values the part has.
func (p *Part) count() int64 { return int64(p.To-p.From) * int64(p.Width) }

// check returns what keeps a description from being that of a part. Together with
// the length of the file it bounds every number that memory is later asked by.
func (p *Part) check() error {
	if err := p.Shard.validate(); err != nil {
		return err
	}
	inRange := p.Replications >= p.Shard.Of && p.Replications <= maxReplications
	if from, to := p.Shard.span(p.Replications); !inRange || p.From != from || p.To != to {
		return fmt.Errorf("it holds replications %d to %d of %d", p.From+1, p.To, p.Replications)
	}
	if p.Width < 1 || p.Width > maxWidth {
		return fmt.Errorf("its replications have %d values", p.Width)
	}
	_, err := p.options().withDefaults()
	return err
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
