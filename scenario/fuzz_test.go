package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Whatever a file holds, reading it ends, does not panic, and gives either a
// document of which every case can be run, or faults that say where they are.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/faulty/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "testdata/good.yaml", "template.yaml") {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := scenario.Read("fuzz.yaml", bytes.NewReader(text))
		if err != nil {
			checkFaults(t, "fuzz.yaml", err)
			return
		}
		for _, c := range d.Cases() {
			if v, err := d.Version(c.Name); err != nil || v.Programme.Validate() != nil {
				t.Fatalf("case %q was read and cannot be run: %v", c.Name, err)
			}
		}
	})
}

// Whatever is typed as an edit either fails in words or makes a programme that
// can be run.
func FuzzParseEdit(f *testing.F) {
	for _, text := range []string{
		"cohorts.*.lag=26 weeks", "contract cap*=0.9", "commissioners.*=50%", "*.*.*=1", "states={}",
		"cohorts.step-down.failure={hazard: 0.01, to: {foster: 100%}}", "unit costs.foster={value: 1, status: derived}",
	} {
		f.Add(text)
	}
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := scenario.ParseEdit(text)
		if err == nil {
			var v *scenario.Version
			v, err = d.Version("", e)
			if err == nil && v.Programme.Validate() != nil {
				t.Fatal("the programme cannot be run")
			}
		}
		if err != nil && len(scenario.Faults(err)) == 0 {
			t.Fatalf("no fault: %v", err)
		}
	})
}
