package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
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
	// Small files: one that takes ten times as long to read is changed ten times
	// less often, and most of its changes are of the same kind.
	for _, file := range append(files, "testdata/good.yaml", "testdata/rich.yaml") {
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

// small reads a small file that every setting can be tried on.
func small(t testing.TB, name string) *scenario.Document {
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := scenario.Read(name, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever is typed as a version or a list of versions either fails in words or
// makes a programme, whose name makes the same again.
func FuzzVersion(f *testing.F) {
	for _, text := range []string{
		"medium", "medium + no cap", `"medium"`, "medium + {contract cap*=0.9}, medium + all at once", "a, \"b, c\" + {x={y: [1, 2]}}",
		"+", "{", "}", `"`, "medium + {lag+=1 week} + no cap", "medium + referrals down 20%", " + ", "medium + {cohorts.*.lag=26 weeks}",
	} {
		f.Add(text)
	}
	d := small(f, "rich.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := scenario.SplitVersions(text)
		_, _, firstErr := scenario.SplitFirst(text)
		if (err != nil) != (firstErr != nil) {
			t.Fatalf("a list (%v) and its first part (%v) are not read alike", err, firstErr)
		}
		for _, one := range append(list, text) {
			v, err := d.Version(one)
			if err != nil {
				if strings.TrimSpace(err.Error()) == "" {
					t.Fatalf("%q fails without a word", one)
				}
				continue
			}
			again, err := d.Version(v.Name())
			if err != nil || again.Name() != v.Name() || again.Programme.Fingerprint() != v.Programme.Fingerprint() {
				t.Fatalf("%q is called %q, which is another version: %v", one, v.Name(), err)
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
	d := small(f, "rich.yaml")
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
