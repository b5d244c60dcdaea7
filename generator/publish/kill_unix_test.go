//go:build unix

package publish

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"cairn/generator/disk"
)

// The test binary, started again with this variable set, is a publisher that never
// ends: the value is the folder, the next one whether to publish file by file.
const (
	childFolder = "CAIRN_TEST_PUBLISH_TO"
	childFiles  = "CAIRN_TEST_PUBLISH_FILES"
	childOnce   = "CAIRN_TEST_PUBLISH_ONCE"
)

func TestMain(m *testing.M) {
	if place := os.Getenv(childFolder); place != "" {
		options := at(place)
		options.Files = os.Getenv(childFiles) != ""
		options.Workers = 2
		child(options, os.Getenv(childOnce) != "")
		return
	}
	os.Exit(m.Run())
}

func child(options Options, once bool) {
	if err := mountFirst(options); err != nil {
		os.Stdout.WriteString(err.Error())
		os.Exit(4)
	}
	first, second := twoSites()
	for {
		for _, next := range []site{second, first} {
			report, err := Site(context.Background(), disk.Real(), options, next.outputs())
			if once {
				if err != nil {
					os.Stdout.WriteString(err.Error())
				}
				os.Stdout.WriteString(report.Why)
				return
			}
			if err != nil {
				os.Exit(3)
			}
			os.Stdout.WriteString("published\n")
		}
	}
}

func TestKill(t *testing.T) {
	first, second := twoSites()
	rounds := 100
	if testing.Short() {
		rounds = 10
	}
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		random := rand.New(rand.NewPCG(1, 2))
		seen := map[string]int{}
		for number := range rounds {
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), childFolder+"="+filepath.Dir(options.Output))
			if options.Files {
				command.Env = append(command.Env, childFiles+"=1")
			}
			says, err := command.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := bufio.NewReader(says).ReadString('\n'); err != nil {
				t.Fatal("the publisher has ended: ", err)
			}
			time.Sleep(time.Duration(random.Int64N(int64(8 * time.Millisecond))))
			command.Process.Signal(syscall.SIGKILL)
			command.Wait()

			live := onDisk(t, options.Output)
			seen[state(options, live, first, second)]++
			if options.Files {
				// Which way it went when it was killed is unknown: every file is of one
				// of the two sites, and none that both have is missing.
				round{before: first, after: second}.checkFiles(t, live)
			} else {
				round{before: first, after: second}.checkSite(t, live)
			}
			next := []site{first, second}[number%2]
			mustPublish(t, disk.Real(), options, next)
			checkWhole(t, options, next)
			if t.Failed() {
				t.Fatalf("in round %d", number)
			}
		}
		t.Logf("%d kills: %v", rounds, seen)
	})
}

// state says what a kill has left, to see that the kills came at many moments.
func state(options Options, live, first, second site) string {
	state := "between"
	switch {
	case difference(withoutStaging(live), first.published()) == "":
		state = "first"
	case difference(withoutStaging(live), second.published()) == "":
		state = "second"
	}
	names, _ := os.ReadDir(filepath.Dir(options.Output))
	if len(names) > 2 || len(withoutStaging(live)) < len(live) {
		state += ", leftovers"
	}
	return state
}

func TestUmask(t *testing.T) {
	first, second := twoSites()
	for _, mask := range []int{0, 0o022, 0o077, 0o177, 0o777} {
		bothWays(t, func(t *testing.T, options Options) {
			write(t, options.Lock, "")
			was := syscall.Umask(mask)
			defer syscall.Umask(was)
			mustPublish(t, disk.Real(), options, first)
			mustPublish(t, disk.Real(), options, second)
			checkWhole(t, options, second)
		})
	}
}

// What an account may not do it must not half do. Root may do anything, so as root
// the publisher is another account.
func TestReadOnlyFolders(t *testing.T) {
	first, second := twoSites()
	const nobody = 65534
	for what, lock := range map[string]func(options Options) string{
		"above the output": func(options Options) string { return filepath.Dir(options.Output) },
		"the output":       func(options Options) string { return options.Output },
		"in the output":    func(options Options) string { return filepath.Join(options.Output, "guides") },
	} {
		t.Run(what, func(t *testing.T) {
			bothWays(t, func(t *testing.T, options Options) {
				place := filepath.Dir(options.Output)
				mustPublish(t, disk.Real(), options, first)
				locked := lock(options)
				if err := os.Chmod(locked, 0o555); err != nil {
					t.Fatal(err)
				}
				defer os.Chmod(locked, 0o755)
				command := exec.Command(os.Args[0])
				command.Env = append(os.Environ(), childFolder+"="+place, childOnce+"=1")
				if options.Files {
					command.Env = append(command.Env, childFiles+"=1")
				}
				if os.Getuid() == 0 {
					filepath.WalkDir(place, func(name string, _ fs.DirEntry, _ error) error { return os.Lchown(name, nobody, nobody) })
					command.Path = "/proc/self/exe"
					command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
				}
				said, err := command.CombinedOutput()
				if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
					t.Skip("no way to be another account: ", err)
				}
				t.Logf("it says: %s", said)
				os.Chmod(locked, 0o755)
				live := onDisk(t, options.Output)
				r := round{files: options.Files, before: first, after: second}
				if options.Files {
					r.checkFiles(t, live)
				} else {
					r.checkSite(t, live)
				}
				mustPublish(t, disk.Real(), options, second)
				checkWhole(t, options, second)
			})
		})
	}
}
