package publish

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"cairn/generator/disk"
)

// A container sees the output as a folder that is mounted into it, from the same
// file system. Exchanged, it would show the old site for ever, or none.
func TestABindMountIsPublishedFileByFile(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can mount")
	}
	first, second := twoSites()
	options := at(folder(t))
	mustPublish(t, disk.Real(), options, first)
	source := filepath.Join(t.TempDir(), "source")
	for name, text := range first.published() {
		write(t, filepath.Join(source, name), text)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childFolder+"="+filepath.Dir(options.Output), childOnce+"=1", childMount+"="+source)
	command.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	said, err := command.CombinedOutput()
	if err != nil {
		t.Skipf("no way to mount: %v %s", err, said)
	}
	if string(said) != "the output is a mount point" {
		t.Errorf("it says %q", said)
	}
	if wrong := difference(onDisk(t, source), second.published()); wrong != "" {
		t.Error(wrong)
	}
	checkWhole(t, options, first) // below the mount nothing has changed
}

// childMount is a folder that the child mounts over its output, in a name space of
// its own.
const childMount = "CAIRN_TEST_PUBLISH_MOUNT"

func mountFirst(options Options) error {
	if source := os.Getenv(childMount); source != "" {
		return syscall.Mount(source, options.Output, "", syscall.MS_BIND, "")
	}
	return nil
}
